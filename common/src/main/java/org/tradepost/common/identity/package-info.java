/** Who sends a request, and how that is proved and verified. */
package org.tradepost.common.identity;
