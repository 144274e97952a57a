package dev.pequel.nativeimage;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.RecomputeFieldValue;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.smallrye.config.DefaultValuesConfigSource;
import io.smallrye.config.PropertyName;
import java.util.Map;

/**
 * Every setting that nobody has set is looked for among the defaults with wildcards, some thousand times at a start. See
 * {@link WildcardValues}.
 */
@TargetClass(DefaultValuesConfigSource.class)
final class Target_DefaultValuesConfigSource {
    @Alias
    private Map<String, String> properties;

    @Alias
    @RecomputeFieldValue(kind = RecomputeFieldValue.Kind.None, isFinal = false)
    private Map<PropertyName, String> wildcards;

    @Alias
    private boolean hasProfiledName;

    @Substitute
    public String getValue(String propertyName) {
        if (!hasProfiledName && propertyName.startsWith("%")) {
            return null;
        }
        String value = properties.get(propertyName);
        if (value != null) {
            return value;
        }
        WildcardValues values = WildcardValues.of(wildcards);
        wildcards = values;
        return values.find(propertyName);
    }
}
