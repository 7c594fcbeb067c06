;;; contractlang-mode.el --- Editing of contractlang configuration files  -*- lexical-binding: t; -*-

;; Package-Requires: ((emacs "28.1") (eglot "1.9"))
;; Keywords: languages
;; SPDX-License-Identifier: Apache-2.0

;;; Commentary:

;; A small major mode for .ncl files, and their language server for eglot:
;;
;;   (require 'contractlang-mode)
;;   (add-hook 'contractlang-mode-hook #'eglot-ensure)
;;
;; C-c C-e exports the file, C-c C-v evaluates the field at point.

;;; Code:

(require 'seq)

(declare-function eglot-current-server "eglot")
(declare-function eglot--pos-to-lsp-position "eglot")
(declare-function eglot-pos-to-lsp-position "eglot")
(declare-function eglot--path-to-uri "eglot")
(declare-function eglot-path-to-uri "eglot")
(declare-function jsonrpc-request "jsonrpc")
(defvar eglot-server-programs)

(defgroup contractlang nil
  "Configuration files with contracts."
  :group 'languages)

(defcustom contractlang-server-command '("contractlang" "lsp")
  "The command that starts the language server."
  :type '(repeat string))

(defcustom contractlang-indent-offset 2
  "How many columns a level of nesting is indented."
  :type 'integer
  :safe #'integerp)

(defvar contractlang-mode-syntax-table
  (let ((table (make-syntax-table)))
    (modify-syntax-entry ?# "<" table)
    (modify-syntax-entry ?\n ">" table)
    (modify-syntax-entry ?\" "\"" table)
    (modify-syntax-entry ?- "_" table)
    (modify-syntax-entry ?' "_" table)
    (modify-syntax-entry ?_ "_" table)
    (modify-syntax-entry ?| "." table)
    (modify-syntax-entry ?% "." table)
    table))

(defconst contractlang-keywords
  '("let" "rec" "in" "fun" "if" "then" "else" "match" "forall" "import"))

(defconst contractlang-metadata
  '("default" "doc" "force" "optional" "priority" "not_exported"))

(defconst contractlang-font-lock-keywords
  `((,(concat "\\_<" (regexp-opt contractlang-keywords) "\\_>") . font-lock-keyword-face)
    (,(concat "|\\s-*\\(" (regexp-opt contractlang-metadata) "\\)\\_>") 1 font-lock-builtin-face)
    ("\\_<\\(?:true\\|false\\|null\\)\\_>" . font-lock-constant-face)
    ("\\_<'[A-Za-z][A-Za-z0-9_'-]*" . font-lock-constant-face)
    ("\\_<\\(?:Number\\|String\\|Bool\\|Dyn\\|Array\\)\\_>" . font-lock-type-face)
    ("\\_<[A-Z][A-Za-z0-9_'-]*" . font-lock-type-face)
    ("\\_<\\(_*[A-Za-z][A-Za-z0-9_'-]*\\)\\s-*\\(?:=[^=>]\\|=$\\||[^|>]\\|:\\)" 1 font-lock-variable-name-face)))

(defun contractlang-indent-line ()
  "Indent the line by how deeply brackets are nested at its beginning."
  (interactive)
  (let* ((depth (save-excursion
                  (beginning-of-line)
                  (let ((levels (car (syntax-ppss))))
                    (skip-chars-forward " \t")
                    (if (looking-at "[])}]") (1- levels) levels))))
         (column (* contractlang-indent-offset (max depth 0)))
         (within (> (current-column) (current-indentation))))
    (unless (nth 3 (save-excursion (syntax-ppss (line-beginning-position))))
      (if within
          (save-excursion (indent-line-to column))
        (indent-line-to column)))))

(defun contractlang--execute (command &rest arguments)
  "Have the server run COMMAND with ARGUMENTS.
Show the document that comes of it."
  (let* ((server (or (eglot-current-server) (user-error "No language server manages this buffer")))
         (result (jsonrpc-request server :workspace/executeCommand
                                  (list :command command :arguments (vconcat arguments)))))
    (when result
      (with-current-buffer (get-buffer-create "*contractlang*")
        (let ((inhibit-read-only t))
          (erase-buffer)
          (insert (plist-get result :text)))
        (goto-char (point-min))
        (special-mode)
        (display-buffer (current-buffer))))))

(defun contractlang--uri ()
  "The URI of the file of this buffer."
  (if (fboundp 'eglot-path-to-uri)
      (eglot-path-to-uri buffer-file-name)
    (eglot--path-to-uri buffer-file-name)))

(defun contractlang-export (format)
  "Export the file as FORMAT."
  (interactive (list (completing-read "Format: " '("json" "yaml" "toml" "text") nil t nil nil "json")))
  (contractlang--execute "contractlang.export" (contractlang--uri) nil format))

(defun contractlang-evaluate ()
  "Evaluate the field at point."
  (interactive)
  (contractlang--execute "contractlang.evaluate" (contractlang--uri)
                         (if (fboundp 'eglot-pos-to-lsp-position)
                             (eglot-pos-to-lsp-position)
                           (eglot--pos-to-lsp-position))))

(defvar contractlang-mode-map
  (let ((map (make-sparse-keymap)))
    (define-key map (kbd "C-c C-e") #'contractlang-export)
    (define-key map (kbd "C-c C-v") #'contractlang-evaluate)
    map))

;;;###autoload
(define-derived-mode contractlang-mode prog-mode "contractlang"
  "Major mode for configuration files with contracts."
  (setq-local comment-start "# "
              comment-start-skip "#+\\s-*"
              comment-end ""
              indent-tabs-mode nil
              indent-line-function #'contractlang-indent-line
              electric-indent-chars (append "]})" electric-indent-chars)
              font-lock-defaults '(contractlang-font-lock-keywords)
              imenu-generic-expression '((nil "^\\s-*\\(?:let\\s-+\\(?:rec\\s-+\\)?\\)?\\(_*[A-Za-z][A-Za-z0-9_'-]*\\)\\s-*[=|:]" 1))))

;;;###autoload
(add-to-list 'auto-mode-alist '("\\.ncl\\'" . contractlang-mode))

(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs
               (cons 'contractlang-mode (lambda (&rest _) contractlang-server-command))))

(provide 'contractlang-mode)
;;; contractlang-mode.el ends here
