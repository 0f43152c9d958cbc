/**
 * Hostile HTTP requests, made from the OpenAPI document, and the check of their answers against it.
 */
package org.tradepost.launcher.hostile;
