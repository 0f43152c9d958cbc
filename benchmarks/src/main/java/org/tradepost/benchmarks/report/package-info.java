/** Results as Markdown and JSON. */
package org.tradepost.benchmarks.report;
