package org.tradepost.launcher;

/**
 * One service's database and the role that owns it.
 *
 * @param url as the services take it, {@code postgresql://host:port/name}
 */
record ServiceDatabase(String url, String user, String password) {
  /** Names no password, so that one is never logged by accident. */
  @Override
  public String toString() {
    return "ServiceDatabase[" + url + ", " + user + "]";
  }
}
