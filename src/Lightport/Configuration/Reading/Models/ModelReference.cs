using Lightport.Configuration.Yaml;
using Lightport.Routing;

namespace Lightport.Configuration.Reading;

/// <summary>A name where a target stands: <c>provider/model</c>, or another entry of <c>models</c>.</summary>
/// <param name="Text">The name.</param>
/// <param name="At">Where it stands.</param>
/// <param name="Adjust">What the target gets beside its name; null for a plain name.</param>
/// <param name="Weight">Where its weight stands; null where none was written.</param>
internal sealed record ModelReference(
    string Text, YamlNode At, Func<Target, Target>? Adjust = null, YamlNode? Weight = null);
