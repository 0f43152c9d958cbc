package org.tradepost.launcher.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** A failure that the user can act on; its message is printed as it is. */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CommandFailure(String message) {
    super(message);
  }

  public CommandFailure(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * The failure to use a file or directory.
   *
   * @param what the message without the reason, which is appended
   */
  public static CommandFailure of(String what, IOException cause) {
    return new CommandFailure(what + ": " + reason(cause) + ".", cause);
  }

  /** The message of most file system exceptions is only the name of the file. */
  private static String reason(IOException cause) {
    if (cause instanceof NoSuchFileException missing) {
      return "there is no " + missing.getFile();
    }
    if (cause instanceof AccessDeniedException denied) {
      return "access to " + denied.getFile() + " is denied";
    }
    if (cause instanceof FileAlreadyExistsException taken) {
      return taken.getFile() + " already exists";
    }
    if (cause instanceof NotDirectoryException file) {
      return file.getFile() + " is not a directory";
    }
    return cause instanceof FileSystemException fault && fault.getReason() != null
        ? fault.getFile() + ": " + fault.getReason()
        : cause.getMessage();
  }
}
