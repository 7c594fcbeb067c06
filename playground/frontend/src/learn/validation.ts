/** Where "check my YAML" begins: data, and a contract that it does not keep. */
import type { Workspace } from "../workspace/model";

export const VALIDATION: Workspace = {
  files: [
    {
      name: "data.yaml",
      text: `# Your data: type it, or drop a file here.
service: web
port: "8080"
replicas: 2
hosts:
  - web.example.org
`,
    },
    {
      name: "contract.ncl",
      text: `# What the data has to be.
let Port = std.contract.from_validator (fun port =>
  if std.is_number port && port >= 1 && port <= 65535 then
    'Ok
  else
    'Error {
      message = "not a port",
      notes = ["ports go from 1 to 65535"],
    }
) in
{
  service | String,
  port | Port,
  replicas | Number | default = 1,
  hosts | Array String,
  protocol | [| 'http, 'https |] | default = 'https,
}
`,
    },
  ],
  entry: "data.yaml",
  contract: "contract.ncl",
};
