using System.Text.Json.Serialization;

namespace Lightport.Journey;

/// <summary>The few plain values that the journey itself writes as JSON.</summary>
[JsonSerializable(typeof(string))]
internal sealed partial class JourneyJsonContext : JsonSerializerContext;
