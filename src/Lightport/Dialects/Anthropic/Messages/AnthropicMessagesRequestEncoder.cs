using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>Writes a request for a provider that speaks Messages, whatever dialect it came in.</summary>
internal static class AnthropicMessagesRequestEncoder
{
    private const string OutputPrefix = "output_config.";
    private const string MetadataPrefix = "metadata.";

    /// <exception cref="GatewayException">The request holds what cannot be said and may not be dropped.</exception>
    public static void Encode(ChatRequest request, EncodingContext context, IBufferWriter<byte> output)
    {
        request = CacheMarkLimit.Within(
            IsOwn(request) ? AnthropicMessagesTurnEffort.Undone(request) : request,
            AnthropicMessagesWire.MostCacheMarks,
            context.Losses);
        context.ToolNames = ToolNames.Of(request, AnthropicMessagesWire.StructuredOutputTool);
        AnthropicMessagesLosses.Report(request, context.Losses);
        AnthropicMessagesTurns turns =
            AnthropicMessagesTurns.Build(request, context.Losses, context.CancellationToken);
        AnthropicMessagesThinking thinking = AnthropicMessagesThinking.Plan(request, context, turns);
        var strict = new AnthropicMessagesStrictBudget();
        AnthropicMessagesStructuredOutput structured =
            AnthropicMessagesStructuredOutput.Plan(request, context, strict, thinking.HasBudget);
        if (request.Options.ResponseFormat is { Description: not null } && structured.ToolSchema is null)
        {
            context.Losses.Drop("response_format.json_schema.description");
        }

        context.Headers[AnthropicMessagesWire.VersionHeader] = AnthropicMessagesWire.Version;
        WriteBetas(context, turns.UsesFiles, thinking.DropsWhatDoesNotFit);

        using var writer = new Utf8JsonWriter(output, JsonSettings.Writing);
        writer.WriteStartObject();
        writer.WriteString("model"u8, context.Model);
        writer.WriteNumber("max_tokens"u8, thinking.MaxTokens);
        var blocks = new AnthropicMessagesBlockWriter(writer, context.ToolNames);
        WriteSystem(writer, turns, structured.Instruction, blocks);
        WriteMessages(writer, turns, blocks, context.CancellationToken);
        AnthropicMessagesToolWriter.Write(writer, request, structured, strict, context);
        thinking.Write(writer, OwnOf(request, AnthropicMessagesThinking.Prefix));
        WriteOutputConfig(writer, request, thinking, structured);
        AnthropicMessagesSampling.Write(writer, request, context, thinking.IsOn);
        WriteMetadata(writer, request);
        WriteExtensions(writer, request);
        if (request.Stream)
        {
            writer.WriteBoolean("stream"u8, true);
        }

        writer.WriteEndObject();
        context.Restoration = new AnswerRestoration
        {
            ToolNames = context.ToolNames.Originals,
            CustomTools = AnswerRestoration.CustomToolsOf(request),
            AnswerTool = structured.ToolSchema is null ? null : AnthropicMessagesWire.StructuredOutputTool,
            Schema = request.Options.ResponseFormat?.Schema,
        };
    }

    public static bool IsOwn(ChatRequest request) => request.Dialect == DialectIds.AnthropicMessages;

    private static void WriteBetas(EncodingContext context, bool usesFiles, bool bindsThinking)
    {
        string? betas = (usesFiles, bindsThinking) switch
        {
            (true, true) => $"{AnthropicMessagesWire.FilesBeta},{AnthropicMessagesWire.BindingBeta}",
            (true, false) => AnthropicMessagesWire.FilesBeta,
            (false, true) => AnthropicMessagesWire.BindingBeta,
            _ => null,
        };
        if (betas is not null)
        {
            context.Headers[AnthropicMessagesWire.BetaHeader] = betas;
        }
    }

    private static void WriteSystem(
        Utf8JsonWriter writer, AnthropicMessagesTurns turns, string? instruction, AnthropicMessagesBlockWriter blocks)
    {
        if (turns.System.Count == 0 && instruction is null)
        {
            return;
        }

        writer.WriteStartArray("system"u8);
        foreach (ContentPart part in turns.System)
        {
            blocks.Write(part);
        }

        if (instruction is not null)
        {
            // Last, so that what the client marked for caching before it stays the same prefix.
            blocks.Write(new TextPart(instruction));
        }

        writer.WriteEndArray();
    }

    private static void WriteMessages(
        Utf8JsonWriter writer,
        AnthropicMessagesTurns turns,
        AnthropicMessagesBlockWriter blocks,
        CancellationToken cancellationToken)
    {
        writer.WriteStartArray("messages"u8);
        foreach (AnthropicMessagesTurn turn in turns.Turns)
        {
            cancellationToken.ThrowIfCancellationRequested();
            writer.WriteStartObject();
            writer.WriteString("role"u8, turn.Role);
            writer.WriteStartArray("content"u8);
            IReadOnlyList<ContentPart> parts = turn.Blocks;
            for (int i = 0; i < parts.Count; i++)
            {
                blocks.Write(parts[i]);
            }

            writer.WriteEndArray();
            foreach (Extension extension in turn.Extensions)
            {
                WriteExtension(writer, extension, 0);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteOutputConfig(
        Utf8JsonWriter writer,
        ChatRequest request,
        AnthropicMessagesThinking thinking,
        AnthropicMessagesStructuredOutput structured)
    {
        IReadOnlyList<Extension> others = OwnOf(request, OutputPrefix);
        if (thinking.Effort is null && structured.Schema is null && others.Count == 0)
        {
            return;
        }

        writer.WriteStartObject("output_config"u8);
        if (thinking.Effort is not null)
        {
            writer.WriteString("effort"u8, thinking.Effort);
        }

        if (structured.Schema is { } schema)
        {
            writer.WriteStartObject("format"u8);
            writer.WriteString("type"u8, "json_schema"u8);
            writer.WritePropertyName("schema"u8);
            AnthropicMessagesToolWriter.WriteSchema(writer, schema, rewrite: !IsOwn(request));
            writer.WriteEndObject();
        }

        foreach (Extension extension in others)
        {
            WriteExtension(writer, extension, OutputPrefix.Length);
        }

        writer.WriteEndObject();
    }

    private static void WriteMetadata(Utf8JsonWriter writer, ChatRequest request)
    {
        IReadOnlyList<Extension> others = OwnOf(request, MetadataPrefix);
        if (request.Options.User is null && others.Count == 0)
        {
            return;
        }

        writer.WriteStartObject("metadata"u8);
        if (request.Options.User is { } user)
        {
            writer.WriteString("user_id"u8, user);
        }

        foreach (Extension extension in others)
        {
            WriteExtension(writer, extension, MetadataPrefix.Length);
        }

        writer.WriteEndObject();
    }

    private static void WriteExtensions(Utf8JsonWriter writer, ChatRequest request)
    {
        foreach (Extension extension in Own(request))
        {
            if (!extension.Name.StartsWith(OutputPrefix, StringComparison.Ordinal)
                && !extension.Name.StartsWith(MetadataPrefix, StringComparison.Ordinal)
                && !extension.Name.StartsWith(AnthropicMessagesThinking.Prefix, StringComparison.Ordinal)
                && !extension.Name.StartsWith(AnthropicMessagesToolChoice.Prefix, StringComparison.Ordinal))
            {
                WriteExtension(writer, extension, 0);
            }
        }
    }

    private static IReadOnlyList<Extension> Own(ChatRequest request) => IsOwn(request) ? request.Extensions : [];

    /// <summary>What a client of this dialect says in an object's fields that no other has a word for.</summary>
    public static IReadOnlyList<Extension> OwnOf(ChatRequest request, string prefix)
    {
        IReadOnlyList<Extension> own = Own(request);
        List<Extension>? found = null;
        for (int i = 0; i < own.Count; i++)
        {
            if (own[i].Name.StartsWith(prefix, StringComparison.Ordinal))
            {
                (found ??= []).Add(own[i]);
            }
        }

        return found ?? (IReadOnlyList<Extension>)[];
    }

    private static void WriteExtension(Utf8JsonWriter writer, Extension extension, int prefix)
    {
        writer.WritePropertyName(extension.Name.AsSpan(prefix));
        writer.WriteOnOneLine(extension.Value);
    }
}
