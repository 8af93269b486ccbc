package dev.jgenl.spec.model;

import java.util.Optional;

/**
 * A request and what answers it.
 *
 * @param request what is sent
 * @param reply what comes; empty if nothing does but an acknowledgement
 */
public record Call(Layout request, Optional<Layout> reply) {}
