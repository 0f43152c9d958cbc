/** What the launcher needs from the operating system: free ports, signals and files. */
package org.tradepost.launcher.os;
