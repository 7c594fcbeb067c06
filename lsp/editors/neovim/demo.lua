-- Drives Neovim without a screen: a typo is underlined, a code action fixes it, and the export comes out.
--
--     nvim --headless --clean -S lsp/editors/neovim/demo.lua
--
-- CONTRACTLANG_COMMAND names the server's command if it is not `contractlang lsp`, its words apart from each other by spaces.
-- The status is 0 if all went well.

local here = vim.fn.fnamemodify(debug.getinfo(1, "S").source:sub(2), ":p:h")
local PATIENCE = 60000 -- milliseconds

local function say(text)
  io.stdout:write(text .. "\n")
end

local function fail(text)
  say("FAILED: " .. text)
  vim.cmd("cquit 1")
end

local function wait_for(what, condition)
  if not vim.wait(PATIENCE, condition, 20) then
    fail("waited in vain for " .. what)
  end
end

local function show_text(title, buffer)
  say(title)
  for _, line in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, false)) do
    say("    " .. line)
  end
end

-- The text that Neovim has underlined as an error.
local function underlined(buffer)
  local found = {}
  for _, namespace in pairs(vim.diagnostic.get_namespaces()) do
    local id = namespace.user_data.underline_ns
    for _, mark in ipairs(id and vim.api.nvim_buf_get_extmarks(buffer, id, 0, -1, { details = true }) or {}) do
      local row, column, details = mark[2], mark[3], mark[4]
      if details.hl_group == "DiagnosticUnderlineError" then
        local line = vim.api.nvim_buf_get_lines(buffer, row, row + 1, false)[1]
        table.insert(found, line:sub(column + 1, details.end_col))
      end
    end
  end
  return found
end

local command = os.getenv("CONTRACTLANG_COMMAND")
dofile(here .. "/contractlang.lua").setup({
  cmd = command and vim.split(command, " ", { plain = true, trimempty = true }) or nil,
})

local folder = vim.fn.tempname()
vim.fn.mkdir(folder, "p")
local file = folder .. "/service.ncl"
vim.fn.writefile({
  "let ports = [8080, 8081] in",
  "{",
  '  name = "web",',
  "  port | Number = std.array.frist ports,",
  "}",
}, file)

vim.cmd("edit " .. file)
local buffer = vim.api.nvim_get_current_buf()
show_text("A file with a typo:", buffer)

wait_for("a diagnostic", function()
  return #vim.diagnostic.get(buffer) > 0 and #underlined(buffer) > 0
end)
local diagnostic = vim.diagnostic.get(buffer)[1]
say(("Underlined: %s  (%s: %s)"):format(underlined(buffer)[1], diagnostic.code or "", diagnostic.message:match("[^\n]*")))
if not underlined(buffer)[1]:find("frist", 1, true) then
  fail("something else is underlined")
end

local _, client = next(vim.lsp.buf_get_clients and vim.lsp.buf_get_clients(buffer) or vim.lsp.get_clients({ bufnr = buffer }))
local answers = vim.lsp.buf_request_sync(buffer, "textDocument/codeAction", {
  textDocument = vim.lsp.util.make_text_document_params(buffer),
  range = {
    start = { line = diagnostic.lnum, character = diagnostic.col },
    ["end"] = { line = diagnostic.end_lnum, character = diagnostic.end_col },
  },
  context = {
    only = { "quickfix" },
    diagnostics = { diagnostic.user_data and diagnostic.user_data.lsp and vim.tbl_extend("keep", diagnostic.user_data.lsp, {
      message = diagnostic.message,
      range = {
        start = { line = diagnostic.lnum, character = diagnostic.col },
        ["end"] = { line = diagnostic.end_lnum, character = diagnostic.end_col },
      },
    }) or nil },
  },
}, PATIENCE)
local action
for _, answer in pairs(answers or {}) do
  action = action or (answer.result and answer.result[1])
end
if not action then
  fail("no code action: " .. vim.inspect(answers))
end
if not action.edit then
  action = client.request_sync("codeAction/resolve", action, PATIENCE, buffer).result
end
say("Code action: " .. action.title)
vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding)
show_text("Fixed:", buffer)

wait_for("the diagnostic to go", function()
  return #vim.diagnostic.get(buffer) == 0
end)
say("Nothing is underlined any more.")

vim.cmd("ContractlangExport yaml")
wait_for("the export", function()
  return vim.api.nvim_get_current_buf() ~= buffer
end)
show_text("Exported:", vim.api.nvim_get_current_buf())

vim.fn.delete(folder, "rf")
vim.cmd("qall!")
