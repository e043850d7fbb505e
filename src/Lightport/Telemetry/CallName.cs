namespace Lightport.Telemetry;

/// <summary>How a span of a call begins.</summary>
/// <param name="Span">The span's name.</param>
/// <param name="Tags">Its attributes from the beginning; a list, whose enumerator is made once a span.</param>
internal sealed record CallName(string Span, IReadOnlyList<KeyValuePair<string, object?>> Tags);
