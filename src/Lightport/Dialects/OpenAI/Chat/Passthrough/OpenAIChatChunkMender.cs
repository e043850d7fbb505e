using System.Buffers;
using System.Globalization;
using System.Text;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Dialects.Passthrough;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>
/// Rewrites of a chunk only what breaks a law of the wire: a changing id, a repeated role, usage in the wrong place.
/// What it does not know it leaves alone, and a lawful chunk it does not touch.
/// </summary>
internal sealed class OpenAIChatChunkMender(OpenAIChatPassing options, OpenAIChatAnswerShape shape)
{
    private readonly JsonSplice _splice = new();
    private readonly OpenAIChatChoices<OpenAIChatChoiceMender> _choices = new(
        index => new OpenAIChatChoiceMender(index, shape.HasDeltas, options.Response));
    private OpenAIChatIdentity? _identity;
    private byte[]? _heldChunk;
    private byte[]? _pendingUsage;
    private bool _usageSent;

    /// <summary>
    /// Writes the chunk mended, or not at all where nothing of it is left; true where it may pass as it is.
    /// </summary>
    public bool Mend(ReadOnlySpan<byte> data, in OpenAIChatChunk chunk, IBufferWriter<byte> output)
    {
        if (_identity is null)
        {
            if (!chunk.Id.IsText(data) && !chunk.HasChoices(data) && _heldChunk is null)
            {
                // Azure's first chunk has filter results and no name; it waits for the chunk that says who this is.
                _heldChunk = data.ToArray();
                return false;
            }

            _identity = new OpenAIChatIdentity(data, chunk, options, shape, shape.Chunk);
            WriteHeld(output);
        }

        _splice.Clear();
        _identity.Impose(data, chunk, _splice);
        if (!chunk.Choices.Is(data, '['))
        {
            MendMissingChoices(data, chunk);
        }

        bool keeps = MendUsage(data, chunk) & MendChoices(data, chunk, output);
        if (!keeps)
        {
            return false;
        }

        if (_splice.IsEmpty)
        {
            return true;
        }

        Write(data, output);
        return false;
    }

    /// <summary>
    /// Ends the answer: a finish where there was none, usage where it stood elsewhere. False for no answer.
    /// </summary>
    /// <param name="usage">What to tell where the provider told none.</param>
    public bool End(TokenUsage usage, IBufferWriter<byte> output)
    {
        if (_identity is null || _choices.All.Count == 0)
        {
            return false;
        }

        foreach (OpenAIChatChoiceMender choice in _choices.All)
        {
            if (!choice.Finished)
            {
                choice.WriteMissingArguments(WriteOwn, output);
                string word = choice.HasCalls ? "tool_calls" : "stop";
                WriteOwn(choice.Index, shape.HasDeltas ? "\"delta\":{}" : "\"text\":\"\"", word, output);
            }
        }

        if (options.IncludeUsage && !_usageSent)
        {
            output.Write(_identity.Prefix());
            output.Write("[],\"usage\":"u8);
            output.Write(_pendingUsage ?? OpenAIChatUsage.ToJson(usage));
            output.Write("}\n\n"u8);
        }

        return true;
    }

    private void WriteHeld(IBufferWriter<byte> output)
    {
        if (_heldChunk is { } held)
        {
            _splice.Clear();
            var chunk = OpenAIChatChunk.Scan(held);
            _identity!.Impose(held, chunk, _splice);
            if (!chunk.Choices.Is(held, '['))
            {
                MendMissingChoices(held, chunk);
            }

            if (MendUsage(held, chunk))
            {
                Write(held, output);
            }
        }
    }

    private void MendMissingChoices(ReadOnlySpan<byte> data, in OpenAIChatChunk chunk)
    {
        if (chunk.Choices.IsPresent)
        {
            _splice.Replace(chunk.Choices, "[]"u8);
        }
        else
        {
            _splice.InsertField(data, 1, "choices"u8, "[]"u8);
        }
    }

    /// <summary>
    /// Usage stands alone, last and once, and only where it was asked for. False where the chunk goes with it.
    /// </summary>
    private bool MendUsage(ReadOnlySpan<byte> data, in OpenAIChatChunk chunk)
    {
        bool alone = !chunk.HasChoices(data);
        if (chunk.HasUsage(data))
        {
            bool inPlace = alone && options.IncludeUsage && !_usageSent && _choices.All.Count > 0
                && _choices.All.All(choice => choice.Finished);
            ReadOnlySpan<byte> usage = chunk.Usage.In(data);
            byte[]? mended = OpenAIChatUsageMender.Mend(usage);
            if (inPlace)
            {
                if (mended is not null)
                {
                    _splice.Replace(chunk.Usage, mended);
                }

                _usageSent = true;
                return true;
            }

            _pendingUsage = mended ?? usage.ToArray();
            if (alone)
            {
                return false;
            }
        }

        if (!options.IncludeUsage)
        {
            if (chunk.Usage.IsPresent)
            {
                _splice.Remove(data, chunk.Usage);
            }
        }
        else if (!chunk.Usage.IsPresent)
        {
            _splice.Insert(chunk.End, ",\"usage\":null"u8);
        }
        else if (!chunk.Usage.Is(data, 'n'))
        {
            _splice.Replace(chunk.Usage, "null"u8);
        }

        return !(_usageSent && alone);
    }

    /// <summary>False where no choice has anything left to say.</summary>
    private bool MendChoices(ReadOnlySpan<byte> data, in OpenAIChatChunk chunk, IBufferWriter<byte> output)
    {
        bool any = false;
        bool keeps = false;
        var choices = new OpenAIChatChunkChoices(data, chunk);
        while (choices.Next(out OpenAIChatChunkChoice choice))
        {
            any = true;
            OpenAIChatChoiceMender mender = _choices.Of(choice.Index);
            if (!mender.Finished && choice.FinishReason.IsText(data) && !choice.HasContent(data))
            {
                mender.WriteMissingArguments(WriteOwn, output);
            }

            keeps |= mender.Mend(data, choice, _splice);
        }

        return keeps || !any;
    }

    /// <summary>Writes a chunk of the gateway's own making.</summary>
    private void WriteOwn(int choice, string content, string? finish, IBufferWriter<byte> output)
    {
        output.Write(_identity!.Prefix());
        string word = finish is null ? "null" : $"\"{finish}\"";
        string body = string.Create(
            CultureInfo.InvariantCulture,
            $"[{{\"index\":{choice},{content},\"logprobs\":null,\"finish_reason\":{word}}}]");
        output.Write(Encoding.UTF8.GetBytes(body));
        output.Write(options.IncludeUsage ? ",\"usage\":null}\n\n"u8 : "}\n\n"u8);
    }

    private void Write(ReadOnlySpan<byte> data, IBufferWriter<byte> output)
    {
        output.Write("data: "u8);
        if (data.Contains((byte)'\n'))
        {
            // Data on several lines: a line end can only stand between tokens there, where a space says the same.
            byte[] line = data.ToArray();
            line.AsSpan().Replace((byte)'\n', (byte)' ');
            _splice.WriteTo(line, output);
        }
        else
        {
            _splice.WriteTo(data, output);
        }

        output.Write("\n\n"u8);
    }
}
