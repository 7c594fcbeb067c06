-- contractlang in Neovim, with nothing but what comes with it: copy this file to lua/contractlang.lua of your configuration and
-- say `require("contractlang").setup()`. Neovim 0.7 or newer.
--
-- :ContractlangExport [json|yaml|toml|text]   exports the file into a new window
-- :ContractlangEvaluate                       evaluates the field under the cursor

local M = {}

local defaults = {
  cmd = { "contractlang", "lsp" },
  -- What docs/lsp.md lists under "Settings".
  settings = { contractlang = {} },
  on_attach = nil,
  capabilities = nil,
}

-- Folders that hold one of these are roots.
local root_markers = { ".git", "contractlang.toml" }

local function root_of(path)
  local folder = vim.fn.fnamemodify(path, ":p:h")
  local current = folder
  while true do
    for _, marker in ipairs(root_markers) do
      local candidate = current .. "/" .. marker
      if vim.fn.isdirectory(candidate) == 1 or vim.fn.filereadable(candidate) == 1 then
        return current
      end
    end
    local parent = vim.fn.fnamemodify(current, ":h")
    if parent == current then
      return folder
    end
    current = parent
  end
end

local clients = {}

-- `vim.lsp.start` came with 0.8; before, clients have to be shared by hand.
local function attach(config, buffer)
  if vim.lsp.start then
    vim.lsp.start(config, { bufnr = buffer })
    return
  end
  local id = clients[config.root_dir]
  if not id or not vim.lsp.get_client_by_id(id) then
    id = vim.lsp.start_client(config)
    clients[config.root_dir] = id
  end
  vim.lsp.buf_attach_client(buffer, id)
end

local function show(result, name)
  vim.cmd("botright vnew")
  local buffer = vim.api.nvim_get_current_buf()
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, vim.split(result.text:gsub("\n$", ""), "\n"))
  vim.bo[buffer].buftype = "nofile"
  vim.bo[buffer].bufhidden = "wipe"
  vim.bo[buffer].filetype = result.language
  vim.bo[buffer].modifiable = false
  pcall(vim.api.nvim_buf_set_name, buffer, name)
end

local function execute(buffer, command, arguments, name)
  vim.lsp.buf_request(buffer, "workspace/executeCommand", { command = command, arguments = arguments }, function(err, result)
    if err then
      vim.notify(err.message, vim.log.levels.ERROR)
    elseif result and result ~= vim.NIL then
      show(result, name)
    end
  end)
end

local function add_commands(buffer)
  local create = vim.api.nvim_buf_create_user_command
  create(buffer, "ContractlangExport", function(call)
    local format = call.args ~= "" and call.args or "json"
    execute(buffer, "contractlang.export", { vim.uri_from_bufnr(buffer), vim.NIL, format }, "export." .. format)
  end, {
    nargs = "?",
    complete = function()
      return { "json", "yaml", "toml", "text" }
    end,
  })
  create(buffer, "ContractlangEvaluate", function()
    local client = vim.lsp.buf_get_clients and vim.lsp.buf_get_clients(buffer) or vim.lsp.get_clients({ bufnr = buffer })
    local _, first = next(client)
    local encoding = first and first.offset_encoding or "utf-16"
    local position = vim.lsp.util.make_position_params(0, encoding).position
    execute(buffer, "contractlang.evaluate", { vim.uri_from_bufnr(buffer), position }, "value.ncl")
  end, {})
end

-- Code lenses: their commands are the server's, and what they give is shown as that of ours is.
for _, command in ipairs({ "contractlang.evaluate", "contractlang.export", "contractlang.runExample" }) do
  if vim.lsp.commands then
    vim.lsp.commands[command] = function(lens, context)
      execute(context.bufnr, command, lens.arguments, lens.title)
    end
  end
end

--- Have the server started for every file of the language.
---@param options table|nil see `defaults`
function M.setup(options)
  options = vim.tbl_deep_extend("force", defaults, options or {})
  local group = vim.api.nvim_create_augroup("contractlang", { clear = true })
  vim.api.nvim_create_autocmd({ "BufRead", "BufNewFile" }, {
    group = group,
    pattern = "*.ncl",
    callback = function(event)
      if vim.bo[event.buf].filetype == "" then
        vim.bo[event.buf].filetype = "nickel"
      end
    end,
  })
  vim.api.nvim_create_autocmd("FileType", {
    group = group,
    pattern = { "nickel", "contractlang" },
    callback = function(event)
      local buffer = event.buf
      vim.bo[buffer].commentstring = "# %s"
      vim.bo[buffer].expandtab = true
      vim.bo[buffer].shiftwidth = 2
      attach({
        name = "contractlang",
        cmd = options.cmd,
        root_dir = root_of(vim.api.nvim_buf_get_name(buffer)),
        settings = options.settings,
        init_options = { commandResults = true },
        capabilities = options.capabilities or vim.lsp.protocol.make_client_capabilities(),
        on_attach = options.on_attach,
      }, buffer)
      add_commands(buffer)
    end,
  })
end

return M
