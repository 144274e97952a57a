package dev.pequel.pql.type;

import static dev.pequel.pql.DiagnosticCode.UNBOUNDED_EVENTS;

import dev.pequel.pql.Span;
import dev.pequel.pql.type.Events.Scan;
import dev.pequel.pql.type.Events.Window;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Warns of what is legal but probably wrong or slow. Looks at checked terms only. */
final class Lint {

    private final Findings findings;

    Lint(Findings findings) {
        this.findings = findings;
    }

    void examine(Term term, Events events) {
        unboundedEvents(events);
    }

    private void unboundedEvents(Events events) {
        Set<Term> reported = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Scan scan : events.scans()) {
            if (scan.window() == Window.NONE && reported.add(scan.list())) {
                findings.report(
                        UNBOUNDED_EVENTS,
                        "All events are searched, however old: a condition such as"
                                + " `timestamp occurs < 30 days before now` bounds the search.",
                        findings.span(scan.list()).orElse(Span.NONE));
            }
        }
    }
}
