/**
 * What is measured, and what it is compared with.
 *
 * <p>{@code Tradepost} starts the system itself. References are a Spring Boot application, plain
 * clients of the database, pgbench, a bare HTTP route, a bare event bus and a bare password hash.
 */
package org.tradepost.benchmarks.subjects;
