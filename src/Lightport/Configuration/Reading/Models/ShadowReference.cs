using Lightport.Configuration.Yaml;

namespace Lightport.Configuration.Reading;

/// <summary>Where copies go, before the name is looked up.</summary>
/// <param name="Text">A target's name, <c>provider/model</c>.</param>
/// <param name="At">Where it stands.</param>
/// <param name="Part">The share of the requests: above 0, up to 1.</param>
internal sealed record ShadowReference(string Text, YamlNode At, double Part);
