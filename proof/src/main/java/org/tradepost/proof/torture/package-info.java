/**
 * A torture run: buyers place orders while parts of a cluster are killed, stopped and frozen; then
 * every answer is checked against the databases.
 */
package org.tradepost.proof.torture;
