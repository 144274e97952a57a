package dev.pequel.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.runtime.configuration.NameIterator;
import io.quarkus.runtime.configuration.PropertiesUtil;

/** At a start each setting's name is compared with those that are known, to warn of the others. */
@TargetClass(PropertiesUtil.class)
final class Target_PropertiesUtil {
    private Target_PropertiesUtil() {}

    @Substitute
    public static boolean isMapped(NameIterator name, String mapped) {
        return MappedSegment.isMapped(name, mapped);
    }
}
