package dev.pequel.pql.eval;

import dev.pequel.pql.type.CheckedExpression;
import dev.pequel.pql.type.Term;
import dev.pequel.profile.column.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.roaringbitmap.RoaringBitmap;
import org.roaringbitmap.RoaringBitmapWriter;

/**
 * Many segments compiled for one snapshot and evaluated together. Conditions that several of them share and that run through
 * lists are evaluated once for each profile. Not safe for use by several threads: each thread compiles its own and evaluates a
 * range of the rows.
 */
public final class SegmentBatch {

    private final List<Code> segments;
    private final Frame frame;

    private SegmentBatch(List<Code> segments, Frame frame) {
        this.segments = segments;
        this.frame = frame;
    }

    /**
     * @param segments the segments' expressions, checked for {@link dev.pequel.pql.type.Purpose#SEGMENT}
     * @param now the one value of {@code now} for all of them
     * @param memberships who is a member of the audiences that they refer to
     */
    public static SegmentBatch compile(
            List<CheckedExpression> segments, Snapshot snapshot, Instant now, Memberships memberships) {
        List<Term> terms = segments.stream().map(CheckedExpression::term).toList();
        Compiler compiler = new Compiler(snapshot, now, memberships, Optional.empty(), terms, shared(terms));
        List<Code> codes = terms.stream().map(compiler::operand).toList();
        return new SegmentBatch(codes, compiler.newFrame(Evaluator.MAX_COMBINATIONS));
    }

    /** The conditions that occur more than once and are worth remembering, numbered from 0. */
    private static Map<Term, Integer> shared(List<Term> terms) {
        Set<Term> seen = new HashSet<>();
        Map<Term, Integer> shared = new HashMap<>();
        terms.forEach(term -> countConditions(term, seen, shared));
        return shared;
    }

    private static void countConditions(Term term, Set<Term> seen, Map<Term, Integer> shared) {
        if (!TermWalk.isDear(term)) {
            return;
        }
        boolean isNew = seen.add(term);
        if (!isNew) {
            shared.putIfAbsent(term, shared.size());
            return;
        }
        switch (term) {
            case Term.And and -> and.operands().forEach(operand -> countConditions(operand, seen, shared));
            case Term.Or or -> or.operands().forEach(operand -> countConditions(operand, seen, shared));
            case Term.Not not -> countConditions(not.operand(), seen, shared);
            default -> {}
        }
    }

    /**
     * Evaluates all segments for the profiles from one row to before another.
     *
     * @return the members' rows, for each segment in the order given
     * @throws EvaluationLimitException when an expression looks at too many combinations of items of one profile
     */
    public List<RoaringBitmap> evaluate(int fromRow, int toRow) {
        List<RoaringBitmapWriter<RoaringBitmap>> members = new ArrayList<>(segments.size());
        for (int i = 0; i < segments.size(); i++) {
            members.add(RoaringBitmapWriter.writer().constantMemory().get());
        }
        for (int start = fromRow; start < toRow; start += Compiler.blockSize()) {
            int end = Math.min(start + Compiler.blockSize(), toRow);
            frame.startBlock(start);
            for (int i = 0; i < segments.size(); i++) {
                evaluate(segments.get(i), start, end, members.get(i));
            }
        }
        return members.stream().map(RoaringBitmapWriter::get).toList();
    }

    private void evaluate(Code segment, int start, int end, RoaringBitmapWriter<RoaringBitmap> members) {
        for (int row = start; row < end; row++) {
            frame.startProfile(row);
            if (segment.test(frame)) {
                members.add(row);
            }
        }
    }
}
