/** How values are written and read as JSON, and which texts are accepted. */
package org.tradepost.common.json;
