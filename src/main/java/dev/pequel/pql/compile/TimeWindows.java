package dev.pequel.pql.compile;

import dev.pequel.column.Column;
import dev.pequel.column.Dictionary;
import dev.pequel.column.IsoTime;
import dev.pequel.pql.compile.CompiledTimes.Interval;
import dev.pequel.pql.compile.CompiledTimes.Window;
import java.util.List;
import java.util.Optional;

/**
 * Compiled expressions for timestamps, {@code occurs} and {@code chain} (section "Dates and times" of the language
 * page).
 */
final class TimeWindows {

    private TimeWindows() {}

    // ---- Timestamps

    /** Returns the value read as a timestamp; for rows, each of them. */
    static CompiledExpression toTime(CompiledExpression code) {
        return switch (code) {
            case CompiledExpression.OfTime time -> time;
            case CompiledColumns.TimeText text -> new StoredTime(text);
            case CompiledColumns.TextOf text -> new ParsedTime(text);
            case CompiledExpression.OfLong millis -> new MillisecondTime(millis);
            case CompiledExpression.OfRows rows -> new TimesOfRows(rows);
            case CompiledColumns.OfRow row -> new RowTime(row);
            case CompiledExpression constant
            when constant.isConstant() ->
                CompiledExpression.constant(UntypedValues.toTime(Frame.ofConstants(), constant.value(null)));
            default -> CompiledLists.of(frame -> UntypedValues.toTime(frame, code.value(frame)));
        };
    }

    private static final class StoredTime extends CompiledExpression.OfTime {
        private final CompiledColumns.TimeText text;

        StoredTime(CompiledColumns.TimeText text) {
            this.text = text;
        }

        @Override
        long micros(Frame frame) {
            return text.micros(frame);
        }
    }

    private static final class ParsedTime extends CompiledExpression.OfTime {
        private final CompiledColumns.TextOf text;
        private final Dictionary dictionary;

        ParsedTime(CompiledColumns.TextOf text) {
            this.text = text;
            this.dictionary = text.dictionary();
        }

        @Override
        long micros(Frame frame) {
            int code = text.code(frame);
            return code < 0 ? MISSING : dictionary.micros(code, frame::look);
        }
    }

    private static final class MillisecondTime extends CompiledExpression.OfTime {
        private final OfLong millis;

        MillisecondTime(OfLong millis) {
            this.millis = millis;
        }

        @Override
        long micros(Frame frame) {
            long value = millis.integer(frame);
            return value == OfLong.MISSING ? MISSING : IsoTime.millisToMicros(value);
        }
    }

    /** The timestamps of a column that stores them in several types. */
    private static final class RowTime extends CompiledExpression.OfTime {
        private final CompiledColumns.OfRow code;

        RowTime(CompiledColumns.OfRow code) {
            this.code = code;
        }

        @Override
        long micros(Frame frame) {
            int row = code.source.row(frame);
            if (row < 0) {
                return MISSING;
            }
            for (Column.Part part : code.column.parts()) {
                if (part.isPresent(row)) {
                    return switch (part) {
                        case Column.TimePart times -> times.micros(row);
                        case Column.LongPart millis -> IsoTime.millisToMicros(millis.get(row));
                        case Column.TextPart texts -> texts.dictionary().micros(texts.code(row), frame::look);
                        case Column.DoublePart millis -> IsoTime.millisToMicros(millis.get(row));
                        case Column.BooleanPart other -> MISSING;
                        case Column.ObjectPart other -> MISSING;
                        case Column.MapPart other -> MISSING;
                        case Column.ListPart other -> MISSING;
                    };
                }
            }
            return MISSING;
        }
    }

    /** The timestamps of several rows. */
    static final class TimesOfRows extends CompiledExpression {
        final OfRows rows;

        TimesOfRows(OfRows rows) {
            this.rows = rows;
        }

        @Override
        Object value(Frame frame) {
            return UntypedValues.toTime(frame, rows.value(frame));
        }
    }

    /** Returns an expression of unknown type as a timestamp. */
    static CompiledExpression.OfTime asTime(CompiledExpression code) {
        return code instanceof CompiledExpression.OfTime time
                ? time
                : new CompiledExpression.OfTime() {
                    @Override
                    long micros(Frame frame) {
                        int held = frame.held();
                        long micros = UntypedValues.micros(code.value(frame));
                        frame.release(held);
                        return micros;
                    }
                };
    }

    // ---- Intervals

    /** The interval of a time in {@code occurs}; empty when the timestamp is missing. */
    interface Stretch {
        Optional<Interval> interval(Frame frame);

        default Optional<Interval> constant() {
            return Optional.empty();
        }
    }

    static Stretch constant(Interval interval) {
        Optional<Interval> present = Optional.of(interval);
        return new Stretch() {
            @Override
            public Optional<Interval> interval(Frame frame) {
                return present;
            }

            @Override
            public Optional<Interval> constant() {
                return present;
            }
        };
    }

    static Stretch never() {
        return frame -> Optional.empty();
    }

    static Stretch instant(CompiledExpression.OfTime time) {
        return frame -> {
            long micros = time.micros(frame);
            return micros == IsoTime.MISSING ? Optional.empty() : Optional.of(Interval.instant(micros));
        };
    }

    static Stretch day(CompiledExpression.OfTime start) {
        return frame -> {
            long micros = start.micros(frame);
            return micros == IsoTime.MISSING ? Optional.empty() : Optional.of(Interval.day(micros));
        };
    }

    // ---- Windows

    /** The timestamps for which a form of {@code occurs} holds; empty when one of its times is missing. */
    interface WindowCode {
        Optional<Window> window(Frame frame);

        default Optional<Window> constant() {
            return Optional.empty();
        }
    }

    static WindowCode windowOf(Stretch stretch, java.util.function.Function<Interval, Window> meaning) {
        Optional<Window> constant = stretch.constant().map(meaning);
        return constant.isPresent()
                ? constantWindow(constant)
                : frame -> stretch.interval(frame).map(meaning);
    }

    static WindowCode between(Stretch from, Stretch to) {
        if (from.constant().isPresent() && to.constant().isPresent()) {
            return constantWindow(Optional.of(
                    CompiledTimes.between(from.constant().get(), to.constant().get())));
        }
        return frame ->
                from.interval(frame).flatMap(start -> to.interval(frame).map(end -> CompiledTimes.between(start, end)));
    }

    private static WindowCode constantWindow(Optional<Window> window) {
        return new WindowCode() {
            @Override
            public Optional<Window> window(Frame frame) {
                return window;
            }

            @Override
            public Optional<Window> constant() {
                return window;
            }
        };
    }

    static CompiledExpression occurs(CompiledExpression timestamp, WindowCode window) {
        if (CompiledComparisons.isNull(timestamp)) {
            return CompiledExpression.ConstantBoolean.FALSE;
        }
        if (timestamp instanceof CompiledExpression.OfTime time) {
            return window.constant()
                    .<CompiledExpression>map(
                            known -> known.isWhole() ? new InRange(time, known) : new InWindow(time, known))
                    .orElseGet(() -> new InComputedWindow(time, window));
        }
        return new ObjectInWindow(timestamp, window);
    }

    static final class InRange extends CompiledExpression.OfBoolean {
        private final OfTime time;
        private final long from;
        private final long to;

        InRange(OfTime time, Window window) {
            this.time = time;
            // A missing timestamp is smaller than any start, so it needs no check.
            this.from = window.from();
            this.to = window.to();
        }

        /** Whether the timestamp is a stored field of the item that a variable is bound to. */
        boolean isOfItem(int slot) {
            return time instanceof StoredTime stored && stored.text.isOfItem(slot);
        }

        /** Sets the bits of the items in a range of rows for which it holds. Requires {@link #isOfItem}. */
        void addRows(int firstRow, int endRow, long[] bits) {
            ((StoredTime) time).text.part().addRowsInRange(firstRow, endRow, from, to, bits);
        }

        @Override
        boolean test(Frame frame) {
            long micros = time.micros(frame);
            return micros >= from && micros < to;
        }
    }

    private static final class InWindow extends CompiledExpression.OfBoolean {
        private final OfTime time;
        private final Window window;

        InWindow(OfTime time, Window window) {
            this.time = time;
            this.window = window;
        }

        @Override
        boolean test(Frame frame) {
            return window.contains(time.micros(frame));
        }
    }

    private static final class InComputedWindow extends CompiledExpression.OfBoolean {
        private final OfTime time;
        private final WindowCode window;

        InComputedWindow(OfTime time, WindowCode window) {
            this.time = time;
            this.window = window;
        }

        @Override
        boolean test(Frame frame) {
            long micros = time.micros(frame);
            if (micros == OfTime.MISSING) {
                return false;
            }
            Optional<Window> computed = window.window(frame);
            return computed.isPresent() && computed.get().contains(micros);
        }
    }

    /** Tests a timestamp of unknown type, or a list made by a path of which any item may pass (P21). */
    private static final class ObjectInWindow extends CompiledExpression.OfBoolean {
        private final CompiledExpression timestamp;
        private final WindowCode window;

        ObjectInWindow(CompiledExpression timestamp, WindowCode window) {
            this.timestamp = timestamp;
            this.window = window;
        }

        @Override
        boolean test(Frame frame) {
            int held = frame.held();
            boolean holds = holds(frame, timestamp.value(frame));
            frame.release(held);
            return holds;
        }

        private boolean holds(Frame frame, Object value) {
            Optional<Window> computed = window.window(frame);
            if (computed.isEmpty()) {
                return false;
            }
            if (UntypedValues.isThroughPath(value)) {
                return UntypedValues.walked(frame, UntypedValues.items(frame, value)).stream()
                        .anyMatch(item -> contains(computed.get(), item));
            }
            return contains(computed.get(), value);
        }

        private static boolean contains(Window window, Object value) {
            long micros = UntypedValues.micros(value);
            return micros != OfTime.MISSING && window.contains(micros);
        }
    }

    // ---- Chains

    record Link(CompiledExpression condition, Optional<WindowCode> window, long count) {}

    /**
     * Matches links greedily: taking the earliest items that match a link never makes a later link impossible (P59).
     * Items are nearly always stored in the order of time, so one pass is usually enough. The matcher starts again
     * with sorted items when it meets an item out of order.
     */
    static CompiledExpression chain(TimelineSource source, CompiledExpression.OfTime timestamp, List<Link> links) {
        return new CompiledExpression.OfBoolean() {
            @Override
            boolean test(Frame frame) {
                int held = frame.held();
                boolean occurs = occurs(frame);
                frame.release(held);
                return occurs;
            }

            private boolean occurs(Frame frame) {
                int count = source.load(frame);
                Progress progress = new Progress();
                for (int item = 0; item < count; item++) {
                    frame.item(item);
                    source.choose(frame, item);
                    long time = timestamp.micros(frame);
                    if (progress.isOutOfOrder(time)) {
                        return testInOrder(frame, count);
                    }
                    if (progress.isCompletedBy(frame, time)) {
                        return true;
                    }
                }
                return false;
            }

            private boolean testInOrder(Frame frame, int count) {
                long[] micros = new long[count];
                for (int item = 0; item < count; item++) {
                    frame.item(item);
                    source.choose(frame, item);
                    micros[item] = timestamp.micros(frame);
                }
                Progress progress = new Progress();
                for (int item : order(micros)) {
                    frame.item(item);
                    source.choose(frame, item);
                    if (progress.isCompletedBy(frame, micros[item])) {
                        return true;
                    }
                }
                return false;
            }

            /** The links matched so far. */
            private final class Progress {
                private int link;
                private long matched;
                private long after = IsoTime.MISSING;
                private long last = IsoTime.MISSING;

                boolean isOutOfOrder(long time) {
                    return time < last && time != IsoTime.MISSING;
                }

                /** Takes the chosen item; returns whether all links are matched now. */
                boolean isCompletedBy(Frame frame, long time) {
                    last = Math.max(last, time);
                    if (time == IsoTime.MISSING || time <= after || !matches(frame, links.get(link), time)) {
                        return false;
                    }
                    if (++matched == links.get(link).count()) {
                        after = time;
                        matched = 0;
                        link++;
                    }
                    return link == links.size();
                }
            }

            private boolean matches(Frame frame, Link link, long time) {
                if (link.window().isPresent()) {
                    Optional<Window> window = link.window().get().window(frame);
                    if (window.isEmpty() || !window.get().contains(time)) {
                        return false;
                    }
                }
                return link.condition().test(frame);
            }
        };
    }

    private static int[] order(long[] micros) {
        return java.util.stream.IntStream.range(0, micros.length)
                .boxed()
                .sorted(java.util.Comparator.comparingLong(item -> micros[item]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** The items of a chain. */
    interface TimelineSource {
        /** Reads the items of the current profile and returns how many there are. */
        int load(Frame frame);

        /** Binds the chain's variable to one of them. */
        void choose(Frame frame, int item);
    }

    static TimelineSource timelineOfRows(CompiledExpression.OfRows list, int buffer, int slot) {
        return new TimelineSource() {
            @Override
            public int load(Frame frame) {
                Rows rows = frame.buffer(buffer);
                list.collect(frame, rows);
                return rows.size;
            }

            @Override
            public void choose(Frame frame, int item) {
                frame.rows[slot] = frame.filledBuffer(buffer).row[item];
            }
        };
    }

    /** @param itemsSlot the slot that keeps the items of the current profile */
    static TimelineSource timelineOfObjects(CompiledExpression list, int itemsSlot, int slot) {
        return new TimelineSource() {
            @Override
            public int load(Frame frame) {
                List<Object> items = CompiledLists.itemsOrNone(frame, list.value(frame));
                frame.values[itemsSlot] = items;
                return items.size();
            }

            @Override
            public void choose(Frame frame, int item) {
                frame.values[slot] = ((List<?>) frame.values[itemsSlot]).get(item);
            }
        };
    }
}
