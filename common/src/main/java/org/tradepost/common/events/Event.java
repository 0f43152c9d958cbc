package org.tradepost.common.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.UUID;

/**
 * Something that happened to one order, product or other subject.
 *
 * @param id unique among the events of all services, and the same whenever it is read
 * @param type what happened, such as {@code OrderPlaced}
 * @param time when it happened, by the clock of the service's database
 * @param subject what it happened to
 * @param subjectVersion the subject's version after it
 * @param sequence its number among the subject's events, from 1 without gaps
 * @param data what belongs to this type
 * @param traceparent W3C trace context of the request that caused it, or null
 */
public record Event(
    String id,
    String type,
    Instant time,
    UUID subject,
    long subjectVersion,
    long sequence,
    JsonNode data,
    String traceparent) {}
