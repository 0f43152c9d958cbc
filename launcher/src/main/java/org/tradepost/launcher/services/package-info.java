/**
 * Which services the launcher can start, the settings that an operator may give them, and the
 * database of each.
 */
package org.tradepost.launcher.services;
