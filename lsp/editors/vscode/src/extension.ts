// The extension: starts the language server, shows what it exports, and lets the user restart it.

import { homedir } from "node:os";
import { createConnection } from "node:net";
import * as vscode from "vscode";
import {
  LanguageClient,
  type LanguageClientOptions,
  type ServerOptions,
  type StreamInfo,
  TransportKind,
} from "vscode-languageclient/node";
import { SettingsError, advice, readSettings, server } from "./settings.js";

const FORMATS = ["json", "yaml", "toml", "text"];
const SCHEME_OF_LIBRARY = "contractlang-std";

/** What the server's commands give. `expected`: what the documentation says that an example comes to. */
interface Result {
  text: string;
  language: string;
  title: string;
  expected?: string;
}

let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  context.subscriptions.push(
    vscode.commands.registerCommand("contractlang.restart", restart),
    vscode.commands.registerCommand("contractlang.exportFile", exportFile),
    vscode.commands.registerCommand("contractlang.evaluateField", evaluateField),
    vscode.workspace.onDidChangeConfiguration(async (event) => {
      if (event.affectsConfiguration("contractlang.server")) {
        await restart();
      }
    }),
  );
  await start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
  client = undefined;
}

async function restart(): Promise<void> {
  await deactivate();
  await start();
}

async function start(): Promise<void> {
  const configuration = vscode.workspace.getConfiguration("contractlang.server");
  let command = "";
  try {
    const settings = readSettings((name) => configuration.get(name));
    command = settings.command[0] ?? "";
    client = new LanguageClient("contractlang", "contractlang", serverOptions(settings), clientOptions());
    await client.start();
  } catch (error) {
    client = undefined;
    const problem = error instanceof Error ? error : new Error(String(error));
    const sentence = problem instanceof SettingsError ? problem.message : advice(command, problem);
    void vscode.window.showErrorMessage(sentence);
  }
}

function serverOptions(settings: ReturnType<typeof readSettings>): ServerOptions {
  const how = server(settings, homedir(), vscode.workspace.workspaceFolders?.[0]?.uri.fsPath);
  if (how.kind === "start") {
    return { command: how.command, args: how.args, transport: TransportKind.stdio };
  }
  return () =>
    new Promise<StreamInfo>((resolve, reject) => {
      const socket = createConnection(how.port, how.host);
      socket.once("error", reject);
      socket.once("connect", () => {
        resolve({ reader: socket, writer: socket });
      });
    });
}

function clientOptions(): LanguageClientOptions {
  return {
    documentSelector: [
      { language: "contractlang", scheme: "file" },
      { language: "contractlang", scheme: "untitled" },
      { language: "contractlang", scheme: SCHEME_OF_LIBRARY },
      // Data that a program imports, or that a setting gives a contract.
      { language: "json", scheme: "file" },
      { language: "yaml", scheme: "file" },
      { language: "toml", scheme: "file" },
    ],
    initializationOptions: { commandResults: true },
    middleware: {
      // Code lenses come this way too.
      executeCommand: async (command, args, next) => {
        const result: unknown = await vscode.window.withProgress(
          { location: vscode.ProgressLocation.Window, title: "contractlang" },
          () => Promise.resolve(next(command, args)),
        );
        if (isResult(result)) {
          await show(result);
        }
        return result;
      },
    },
  };
}

function running(): LanguageClient {
  if (client === undefined) {
    throw new Error("the language server is not running");
  }
  return client;
}

async function exportFile(): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const format = editor === undefined ? undefined : await vscode.window.showQuickPick(FORMATS, { title: "Export as" });
  if (editor !== undefined && format !== undefined) {
    await vscode.commands.executeCommand("contractlang.export", editor.document.uri.toString(), null, format);
  }
}

async function evaluateField(): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor !== undefined) {
    const position = running().code2ProtocolConverter.asPosition(editor.selection.active);
    await vscode.commands.executeCommand("contractlang.evaluate", editor.document.uri.toString(), position);
  }
}

function isResult(value: unknown): value is Result {
  return typeof value === "object" && value !== null && "text" in value && "language" in value;
}

/** Show what a command gave beside the editor. */
async function show(result: Result): Promise<void> {
  const language = result.language === "nickel" ? "contractlang" : result.language;
  const content = result.expected === undefined ? result.text : `${result.text}\n# expected: ${result.expected}\n`;
  const document = await vscode.workspace.openTextDocument({ content, language });
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true });
}
