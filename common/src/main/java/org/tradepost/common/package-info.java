/** What every service shares. There is no business rule in here. */
package org.tradepost.common;
