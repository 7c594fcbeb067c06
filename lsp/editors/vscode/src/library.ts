// The files of the standard library, which exist only inside the server: read-only documents that it is asked for.

export const LIBRARY_SCHEME = "contractlang-std";
export const LIBRARY_REQUEST = "contractlang/libraryText";

export interface LibraryText {
  text: string;
}

/** The text of a document of the library. `ask` sends a request to the server. */
export async function libraryText(
  uri: string,
  ask: (method: string, params: { uri: string }) => Promise<LibraryText | null>,
): Promise<string> {
  const answer = await ask(LIBRARY_REQUEST, { uri });
  if (answer === null) {
    throw new Error(`the library has no file ${uri}`);
  }
  return answer.text;
}
