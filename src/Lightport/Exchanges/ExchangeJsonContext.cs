using System.Text.Json.Serialization;

namespace Lightport.Exchanges;

/// <summary>The few plain values that the journey itself writes as JSON.</summary>
[JsonSerializable(typeof(string))]
internal sealed partial class ExchangeJsonContext : JsonSerializerContext;
