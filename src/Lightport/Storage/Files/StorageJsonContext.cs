using System.Text.Json.Serialization;

namespace Lightport.Storage.Files;

/// <summary>What the file-backed stores write, as JSON that a person can read.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<ClientKeyRecord>))]
[JsonSerializable(typeof(ConfigurationVersion))]
[JsonSerializable(typeof(StoredResponse))]
[JsonSerializable(typeof(StoredSession))]
[JsonSerializable(typeof(LimitFile))]
internal sealed partial class StorageJsonContext : JsonSerializerContext;
