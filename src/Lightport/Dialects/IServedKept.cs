using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects;

/// <summary>A served operation that asks for an answer again which was kept.</summary>
public interface IServedKept : IServed
{
    /// <summary>Accounts of providers keep such answers too, and may be asked for them.</summary>
    bool AreAtAccounts { get; }

    /// <summary>Whether the gateway itself would keep an answer of this id for this dialect.</summary>
    bool IsOwn(string id);

    /// <summary>There is no such answer, or not for this client.</summary>
    GatewayError NotFound(string id);

    /// <summary>Writes what a client is told whose answer has been removed.</summary>
    void WriteRemoved(string id, Utf8JsonWriter writer);
}
