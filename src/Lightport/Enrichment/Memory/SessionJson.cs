using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Lightport.Conversation;
using Lightport.Storage;

namespace Lightport.Enrichment.Memory;

/// <summary>A session as JSON, with every part of its turns as it was, to be put in again identically.</summary>
internal static class SessionJson
{
    /// <summary>A client's schema may be 64 deep, and stands within a session's own fields.</summary>
    private const int Deepest = 128;

    private const string PartField = "$part";

    /// <summary>All kinds of parts that a turn can have, by the names that they are kept under.</summary>
    internal static readonly IReadOnlyList<(Type Type, string Name)> Kinds =
    [
        (typeof(TextPart), "text"),
        (typeof(ReasoningPart), "reasoning"),
        (typeof(RefusalPart), "refusal"),
        (typeof(ImagePart), "image"),
        (typeof(AudioPart), "audio"),
        (typeof(FilePart), "file"),
        (typeof(ToolCallPart), "call"),
        (typeof(ToolResultPart), "result"),
        (typeof(OpaquePart), "opaque"),
        (typeof(ServerToolCallPart), "server-call"),
        (typeof(ServerToolResultPart), "server-result"),
        (typeof(McpCallPart), "mcp-call"),
        (typeof(McpResultPart), "mcp-result"),
        (typeof(McpToolListPart), "mcp-tools"),
        (typeof(McpApprovalRequestPart), "mcp-approval-request"),
        (typeof(McpApprovalResponsePart), "mcp-approval-response"),
    ];

    private static readonly JsonSerializerOptions Options = new()
    {
        TypeInfoResolver = SessionJsonContext.Default.WithAddedModifier(NameParts),
        Converters = { new ExactElementConverter(), new MediaSourceConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = Deepest,
    };

    private static readonly JsonTypeInfo<Session> Type = (JsonTypeInfo<Session>)Options.GetTypeInfo(typeof(Session));

    private static readonly JsonTypeInfo<Message> TurnType =
        (JsonTypeInfo<Message>)Options.GetTypeInfo(typeof(Message));

    private static readonly JsonTypeInfo<ApprovedRun> RunType =
        (JsonTypeInfo<ApprovedRun>)Options.GetTypeInfo(typeof(ApprovedRun));

    public static string Write(Session session) => JsonSerializer.Serialize(session, Type);

    /// <summary>One turn by itself.</summary>
    public static string WriteTurn(Message turn) => JsonSerializer.Serialize(turn, TurnType);

    public static string WriteRun(ApprovedRun run) => JsonSerializer.Serialize(run, RunType);

    /// <exception cref="StoreException">It is not what was written.</exception>
    public static Session Read(string json) => Read(json, Type);

    /// <exception cref="StoreException">It is not what was written.</exception>
    public static Message ReadTurn(string json) => Read(json, TurnType);

    /// <exception cref="StoreException">It is not what was written.</exception>
    public static ApprovedRun ReadRun(string json) => Read(json, RunType);

    private static T Read<T>(string json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw Damaged(null);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw Damaged(e);
        }
    }

    private static StoreException Damaged(Exception? reason) => new(
        StoreFailure.Damaged, "A session is not what was written. It goes when its time is over.", reason);

    private static void NameParts(JsonTypeInfo type)
    {
        if (type.Type != typeof(ContentPart))
        {
            return;
        }

        type.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = PartField };
        foreach ((Type part, string name) in Kinds)
        {
            type.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(part, name));
        }
    }
}
