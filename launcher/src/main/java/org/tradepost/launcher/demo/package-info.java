/** A new customer's visit, step by step: the subcommand {@code demo}. */
package org.tradepost.launcher.demo;
