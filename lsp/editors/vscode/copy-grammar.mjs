// The grammar is shared by all editors and stands beside this folder, the licence at the top; the package needs copies.
import { copyFileSync, mkdirSync } from "node:fs";

mkdirSync("syntaxes", { recursive: true });
copyFileSync("../contractlang.tmLanguage.json", "syntaxes/contractlang.tmLanguage.json");
copyFileSync("../../../LICENSE", "LICENSE");
