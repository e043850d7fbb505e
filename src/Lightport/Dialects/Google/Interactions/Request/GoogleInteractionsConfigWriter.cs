using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Google.Gemini;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>
/// Writes <c>generation_config</c>: how the answer should be made, as far as the model takes it. How much to think is a
/// level for every model; no word asks for none.
/// </summary>
internal static class GoogleInteractionsConfigWriter
{
    private static readonly string[] Levels = ["minimal", "low", "medium", "high"];

    public static void Write(
        Utf8JsonWriter writer,
        ChatRequest request,
        List<(int Index, ToolDefinition Tool)> tools,
        GoogleGeminiStructuredOutput structured,
        EncodingContext context)
    {
        GenerationOptions options = request.Options;
        writer.WriteStartObject("generation_config"u8);
        writer.WriteOptional("max_output_tokens", GoogleGeminiLimits.MaxTokens(options, context));
        if (context.Traits.Sampling)
        {
            writer.WriteOptional("temperature", options.Temperature);
            writer.WriteOptional("top_p", options.TopP);
        }
        else
        {
            DropIf(options.Temperature is not null, "temperature", context.Losses);
            DropIf(options.TopP is not null, "top_p", context.Losses);
        }

        writer.WriteOptional("seed", GoogleGeminiLimits.Seed(options, context.Losses));
        writer.WriteOptional("stop_sequences", GoogleGeminiLimits.Stop(options, context.Losses));
        WriteThinking(writer, request, context);
        GoogleInteractionsToolWriter.WriteChoice(writer, request, tools, structured, context);
        GoogleInteractionsOwnFields.WriteConfig(writer, request);
        writer.WriteEndObject();
    }

    private static void WriteThinking(Utf8JsonWriter writer, ChatRequest request, EncodingContext context)
    {
        if (request.Options.Reasoning is not { } asked)
        {
            return;
        }

        string field = asked.Field ?? "reasoning_effort";
        bool isOff = asked.Enabled == false || asked.Effort == "none" || asked is { Effort: null, BudgetTokens: 0 };
        if (context.Traits.Thinking == ThinkingStyle.None)
        {
            DropIf(!isOff, field, context.Losses);
            return;
        }

        string? wished = isOff ? "none" : EffortScale.Word(asked);
        if (wished is not null)
        {
            string[] taken = [.. Levels.Where(context.Traits.Efforts.Contains)];
            string level = EffortScale.Within(wished, taken.Length > 0 ? taken : Levels);
            if (level != wished)
            {
                context.Losses.Note(field);
            }

            writer.WriteString("thinking_level"u8, level);
        }

        bool isSaid = !GoogleInteractionsRequestEncoder.IsOwn(request) || asked.Display is not null;
        writer.WriteOptional(
            "thinking_summaries", !isSaid ? null : isOff || asked.Display == "omitted" ? "none" : "auto");
    }

    private static void DropIf(bool present, string field, LossLedger losses)
    {
        if (present)
        {
            losses.Drop(field);
        }
    }
}
