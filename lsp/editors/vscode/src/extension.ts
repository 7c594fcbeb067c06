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
import { LIBRARY_SCHEME, type LibraryText, libraryText } from "./library.js";
import { SettingsError, advice, readSettings, server } from "./settings.js";

const FORMATS = ["json", "yaml", "toml", "text"];

interface Exported {
  text: string;
  format: string;
}

let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  context.subscriptions.push(
    vscode.commands.registerCommand("contractlang.restart", restart),
    vscode.commands.registerCommand("contractlang.export", exportFile),
    vscode.commands.registerCommand("contractlang.evaluate", evaluateField),
    vscode.workspace.registerTextDocumentContentProvider(LIBRARY_SCHEME, {
      provideTextDocumentContent: (uri) =>
        libraryText(uri.toString(), (method, params) => running().sendRequest<LibraryText | null>(method, params)),
    }),
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
      { language: "contractlang", scheme: LIBRARY_SCHEME },
      // Data that a program imports, or that a setting gives a contract.
      { language: "json", scheme: "file" },
      { language: "yaml", scheme: "file" },
      { language: "toml", scheme: "file" },
    ],
    initializationOptions: { virtualDocuments: true },
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
    await show("contractlang.exportFile", [editor.document.uri.toString(), format]);
  }
}

async function evaluateField(): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor !== undefined) {
    const uri = editor.document.uri.toString();
    const position = running().code2ProtocolConverter.asPosition(editor.selection.active);
    await show("contractlang.evaluateField", [uri, position]);
  }
}

/** Have the server run a command, and show the document that comes of it beside the editor. */
async function show(command: string, args: unknown[]): Promise<void> {
  const exported = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: "contractlang: evaluating" },
    () =>
      running().sendRequest<Exported | null>("workspace/executeCommand", {
        command,
        arguments: args,
      }),
  );
  if (exported !== null) {
    const language = exported.format === "text" ? "plaintext" : exported.format;
    const document = await vscode.workspace.openTextDocument({ content: exported.text, language });
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true });
  }
}
