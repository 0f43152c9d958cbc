package org.tradepost.system;

/** What the customers of a steady load ask for, each kind counted separately. */
enum RequestKind {
  ORDER("new orders", 201),
  OWN_ORDERS("own orders", 200),
  PRODUCT("products", 200),
  LOG_IN("log-ins", 200);

  final String title;

  /** The only status that counts as success. */
  final int success;

  RequestKind(String title, int success) {
    this.title = title;
    this.success = success;
  }
}
