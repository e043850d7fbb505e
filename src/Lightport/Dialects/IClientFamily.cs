using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects;

/// <summary>
/// The clients of one vendor's SDKs: how they are told of errors and models, whatever operation they ask for.
/// </summary>
public interface IClientFamily
{
    /// <summary>Whether a request to a path that many share shows itself as one of theirs.</summary>
    bool IsShownBy(ClientRequest request);

    /// <summary>The media type of an error's body.</summary>
    string ErrorMediaType => "application/json";

    /// <summary>Writes an error body as these clients read it.</summary>
    void EncodeError(GatewayError error, string requestId, IBufferWriter<byte> output);

    /// <summary>Writes the list of models that a client may ask for.</summary>
    void WriteModels(Utf8JsonWriter writer, IReadOnlyList<string> names);

    /// <summary>Writes one model.</summary>
    void WriteModel(Utf8JsonWriter writer, string name);
}
