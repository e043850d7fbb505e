using System.Text.Json.Serialization;
using Lightport.Conversation;

namespace Lightport.Enrichment.Memory;

/// <summary>What sessions are made of.</summary>
[JsonSerializable(typeof(Session))]
[JsonSerializable(typeof(ApprovedRun))]
[JsonSerializable(typeof(KeptMedia))]
[JsonSerializable(typeof(TextPart))]
[JsonSerializable(typeof(ReasoningPart))]
[JsonSerializable(typeof(RefusalPart))]
[JsonSerializable(typeof(ImagePart))]
[JsonSerializable(typeof(AudioPart))]
[JsonSerializable(typeof(FilePart))]
[JsonSerializable(typeof(ToolCallPart))]
[JsonSerializable(typeof(ToolResultPart))]
[JsonSerializable(typeof(OpaquePart))]
[JsonSerializable(typeof(ServerToolCallPart))]
[JsonSerializable(typeof(ServerToolResultPart))]
[JsonSerializable(typeof(McpCallPart))]
[JsonSerializable(typeof(McpResultPart))]
[JsonSerializable(typeof(McpToolListPart))]
[JsonSerializable(typeof(McpApprovalRequestPart))]
[JsonSerializable(typeof(McpApprovalResponsePart))]
internal sealed partial class SessionJsonContext : JsonSerializerContext;
