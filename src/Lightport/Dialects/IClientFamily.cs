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

    /// <summary>The status of an error that says that a budget is spent.</summary>
    int QuotaStatus => 429;

    /// <summary>Adds the headers by which these clients are told of a rate; none where they know of none.</summary>
    void TellRate(in RateTold rate, DateTimeOffset now, ICollection<KeyValuePair<string, string>> headers)
    {
    }

    /// <summary>Writes an error body as these clients read it.</summary>
    void EncodeError(GatewayError error, string requestId, IBufferWriter<byte> output);

    /// <summary>Writes the list of models that a client may ask for.</summary>
    void WriteModels(Utf8JsonWriter writer, IReadOnlyList<string> names);

    /// <summary>Writes one model.</summary>
    void WriteModel(Utf8JsonWriter writer, string name);
}
