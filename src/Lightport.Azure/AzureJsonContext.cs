using System.Text.Json.Serialization;
using Lightport.Storage;

namespace Lightport.Azure;

/// <summary>What stands as JSON in columns.</summary>
[JsonSerializable(typeof(ConfigurationContent))]
[JsonSerializable(typeof(StoredResponse))]
[JsonSerializable(typeof(StoredSession))]
[JsonSerializable(typeof(LimitAmounts))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
internal sealed partial class AzureJsonContext : JsonSerializerContext;
