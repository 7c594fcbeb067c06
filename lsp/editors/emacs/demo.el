;;; demo.el --- Drives Emacs without a screen  -*- lexical-binding: t; -*-

;; SPDX-License-Identifier: Apache-2.0

;;; Commentary:

;; A typo is reported, completion and hover answer, the file is exported.
;;
;;     emacs --batch -L lsp/editors/emacs -l lsp/editors/emacs/demo.el
;;
;; Emacs 28 needs eglot as a package.  CONTRACTLANG_COMMAND names the server's command if it is not `contractlang lsp'.

;;; Code:

(require 'package)
(package-activate-all)
(require 'eglot)
(require 'contractlang-mode)

(defun demo-say (format &rest arguments)
  "Print FORMAT with ARGUMENTS on standard output."
  (princ (concat (apply #'format format arguments) "\n")))

(defun demo-wait-for (what condition)
  "Wait until CONDITION gives something, and return it; WHAT it is about."
  (let ((end (+ (float-time) 60)) found)
    (while (not (setq found (funcall condition)))
      (when (> (float-time) end)
        (error "Waited in vain for %s" what))
      (accept-process-output nil 0.05))
    found))

(defun demo-first-diagnostic ()
  "The first diagnostic of the buffer, if any.
Without a window Flymake looks for them only when it is told to."
  (flymake-start nil)
  (car (flymake-diagnostics)))

(when-let ((command (getenv "CONTRACTLANG_COMMAND")))
  (setq contractlang-server-command (split-string command)))

(defun demo ()
  "Do what the commentary says."
  (let* ((folder (make-temp-file "contractlang" t))
         (file (expand-file-name "service.ncl" folder))
         (eglot-sync-connect 60)
         (eglot-autoshutdown t))
    (with-temp-file file
      (insert "let ports = [8080, 8081] in\n{\n  name = \"web\",\n  port | Number = std.array.frist ports,\n}\n"))
    (unwind-protect
        (with-current-buffer (find-file-noselect file)
          (demo-say "Mode: %s" major-mode)
          (font-lock-ensure)
          (goto-char (point-min))
          (demo-say "Face of let: %s" (get-text-property (point) 'face))
          (apply #'eglot--connect (eglot--guess-contact))
          (demo-wait-for "the server" #'eglot-current-server)
          (let ((diagnostic (demo-wait-for "a diagnostic" #'demo-first-diagnostic)))
            (demo-say "Reported: %s: %s"
                      (buffer-substring (flymake-diagnostic-beg diagnostic) (flymake-diagnostic-end diagnostic))
                      (car (split-string (flymake-diagnostic-text diagnostic) "\n"))))
          (search-forward "frist")
          (replace-match "first")
          (eglot--signal-textDocument/didChange)
          (demo-wait-for "the diagnostic to go" (lambda () (not (demo-first-diagnostic))))
          (demo-say "Nothing is reported any more.")
          (contractlang-export "json")
          (with-current-buffer "*contractlang*"
            (demo-say "Exported: %s" (string-trim (buffer-string)))))
      (ignore-errors (eglot-shutdown-all))
      (delete-directory folder t))))

(condition-case failure
    (demo)
  (error (demo-say "FAILED: %s" (error-message-string failure))
         (kill-emacs 1)))

;;; demo.el ends here
