/** A service's own database: connections, statements in batches, cursors, migrations. */
package org.tradepost.platform.sql;
