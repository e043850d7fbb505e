using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>One choice of a chunk and the fields of its delta, by position.</summary>
internal struct OpenAIChatChunkChoice
{
    public int Index;

    public bool HasIndex;

    /// <summary>Where the choice's first field would stand: just after its brace.</summary>
    public int Body;

    public JsonSlice Delta, Message, Text, FinishReason, NativeFinishReason, Logprobs;

    /// <summary>The stop string that was met, where it is one: vLLM and SGLang also say numbers of tokens.</summary>
    public JsonSlice Stop;

    public JsonSlice Role, Content, Refusal, ReasoningContent, Reasoning, ReasoningDetails, ToolCalls,
        FunctionCall, Annotations, Audio, Images, ExecutedTools;

    /// <summary>Where the delta's first field would stand: just after its brace.</summary>
    public readonly int DeltaBody => Delta.Start + 1;

    /// <summary>Whether the delta holds anything of the answer itself.</summary>
    public readonly bool HasContent(ReadOnlySpan<byte> data) =>
        Content.IsText(data) || Text.IsText(data) || Content.Is(data, '[')
        || ReasoningContent.IsText(data) || Reasoning.IsText(data) || Refusal.IsText(data)
        || OpenAIChatCallList.Is(data, ToolCalls) || FunctionCall.Is(data, '{') || Audio.Is(data, '{')
        || ReasoningDetails.Is(data, '[') || Images.Is(data, '[') || ExecutedTools.Is(data, '[');

    /// <summary>Adds the bytes of the answer in this chunk, as they stand escaped.</summary>
    public readonly void Measure(ReadOnlySpan<byte> data, UsageEstimator estimator)
    {
        estimator.AddSpoken(Bytes(Content, data) + Bytes(Text, data) + Bytes(Refusal, data));
        estimator.AddThought(Bytes(ReasoningContent.IsText(data) ? ReasoningContent : Reasoning, data));
        if (!OpenAIChatCallList.Is(data, ToolCalls))
        {
            return;
        }

        var calls = new OpenAIChatCallList(data, ToolCalls);
        while (calls.Next(out OpenAIChatCallDelta call))
        {
            estimator.AddSpoken(Bytes(call.Name, data) + Bytes(call.Arguments, data));
        }
    }

    private static int Bytes(JsonSlice slice, ReadOnlySpan<byte> data) =>
        slice.IsText(data) ? slice.In(data).Length - 2 : 0;

    public void SetDelta(ReadOnlySpan<byte> name, JsonSlice value)
    {
        if (name.SequenceEqual("content"u8))
        {
            Content = value;
        }
        else if (name.SequenceEqual("role"u8))
        {
            Role = value;
        }
        else if (name.SequenceEqual("tool_calls"u8))
        {
            ToolCalls = value;
        }
        else if (name.SequenceEqual("reasoning_content"u8))
        {
            ReasoningContent = value;
        }
        else if (name.SequenceEqual("reasoning"u8))
        {
            Reasoning = value;
        }
        else if (name.SequenceEqual("reasoning_details"u8))
        {
            ReasoningDetails = value;
        }
        else if (name.SequenceEqual("refusal"u8))
        {
            Refusal = value;
        }
        else if (name.SequenceEqual("annotations"u8))
        {
            Annotations = value;
        }
        else if (name.SequenceEqual("function_call"u8))
        {
            FunctionCall = value;
        }
        else if (name.SequenceEqual("audio"u8))
        {
            Audio = value;
        }
        else if (name.SequenceEqual("images"u8))
        {
            Images = value;
        }
        else if (name.SequenceEqual("executed_tools"u8))
        {
            ExecutedTools = value;
        }
    }

    /// <summary>Of a delta and a message that say the same, the message is read.</summary>
    public void ForgetDelta()
    {
        Role = Content = Refusal = ReasoningContent = Reasoning = ReasoningDetails = ToolCalls = default;
        FunctionCall = Annotations = Audio = Images = ExecutedTools = default;
    }
}
