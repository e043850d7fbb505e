using System.Text.Json.Serialization;

namespace Lightport.Azure;

/// <summary>What stands as JSON in a column.</summary>
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
internal sealed partial class AzureJsonContext : JsonSerializerContext;
