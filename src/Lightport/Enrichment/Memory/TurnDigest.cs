using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;
using Lightport.Conversation;

namespace Lightport.Enrichment.Memory;

/// <summary>
/// A number for turns that stays the same when a client says them anew: it goes by what was said (texts, media, calls
/// with their arguments, results), and not by how it is cut into parts and turns, by thoughts, cache marks, or fields
/// that only a dialect knows. System texts count, as an application tells by them for whom it asks.
/// </summary>
internal sealed class TurnDigest : IDisposable
{
    /// <summary>Which digest it is: what an earlier release kept in another way is not found.</summary>
    private const byte Format = 2;

    /// <summary>Two bytes that no UTF-8 has, so that nothing said can look like them.</summary>
    private const byte Begins = 0xFE;

    private const byte Ends = 0xFF;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly StringBuilder _answer = new();
    private readonly List<ContentPart> _asked = [];
    private readonly bool _withoutIds;
    private Role? _role;

    /// <param name="user">For whom the client asks, where it says so.</param>
    /// <param name="withoutIds">The client's dialect has no ids of calls.</param>
    public TurnDigest(string? user, bool withoutIds)
    {
        _withoutIds = withoutIds;
        _hash.AppendData([Format]);
        AddField(user ?? "");
    }

    public void Add(Message turn)
    {
        if (turn.Role != _role)
        {
            EndTurn();
            _role = turn.Role;
            _hash.AppendData([Begins, (byte)turn.Role]);
        }

        foreach (ContentPart part in turn.Parts)
        {
            if (turn.Role == Role.Assistant)
            {
                Gather(part);
            }
            else
            {
                Add(part);
            }
        }
    }

    /// <summary>In lower-case hexadecimal digits.</summary>
    public string End()
    {
        EndTurn();
        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    public void Dispose() => _hash.Dispose();

    /// <summary>
    /// Chat cannot say what stood first, text or call, so all text of an answer is taken before all calls; white space
    /// around an answer is what clients cut off.
    /// </summary>
    private void Gather(ContentPart part)
    {
        switch (part)
        {
            case TextPart { Text: var text }:
                _answer.Append(text);
                break;
            case RefusalPart { Text: var text }:
                _answer.Append(text);
                break;
            case ToolCallPart or McpApprovalRequestPart:
                _asked.Add(part);
                break;
        }
    }

    private void EndTurn()
    {
        AddText(_answer.ToString().AsSpan().Trim());
        _answer.Clear();
        foreach (ContentPart part in _asked)
        {
            Add(part);
        }

        _asked.Clear();
        _hash.AppendData([Ends]);
    }

    private void Add(ContentPart part)
    {
        switch (part)
        {
            case TextPart text:
                AddText(text.Text);
                break;
            case ImagePart image:
                AddMedia('i', image.Source);
                break;
            case AudioPart audio:
                AddMedia('a', audio.Source);
                break;
            case FilePart file:
                AddMedia('f', file.Source);
                AddAll(file.Contents);
                break;
            case ToolCallPart call:
                Begin('c');
                AddField(_withoutIds ? "" : call.CallId);
                AddField(call.Name);
                AddField(call.Kind == ToolKind.Function ? CanonicalJson.Of(call.Arguments) : call.Arguments);
                break;
            case ToolResultPart result:
                Begin('r');
                AddField(_withoutIds ? "" : result.CallId);
                AddAll(result.Parts);
                break;
            case McpApprovalRequestPart request:
                Begin('q');
                AddField(request.Made?.CallId ?? request.ApprovalId);
                break;
            case McpApprovalResponsePart response:
                Begin(response.Approved ? 'y' : 'n');
                AddField(response.ApprovalId);
                break;
            case OpaquePart opaque:
                Begin('o');
                AddField(opaque.Kind);
                AddField(CanonicalJson.Of(opaque.Json));
                break;
        }
    }

    private void AddAll(IReadOnlyList<ContentPart> parts)
    {
        foreach (ContentPart part in parts)
        {
            Add(part);
        }

        _hash.AppendData([Ends]);
    }

    private void AddMedia(char kind, MediaSource source)
    {
        Begin(kind);
        AddField(source.Url ?? "");
        AddField(source.Base64 ?? "");
        AddField(source.Text ?? "");
        AddField(source.FileId ?? "");
    }

    private void Begin(char kind) => _hash.AppendData([Begins, (byte)kind]);

    private void AddField(string text)
    {
        AddText(text);
        _hash.AppendData([Ends]);
    }

    private void AddText(ReadOnlySpan<char> text)
    {
        Span<byte> bytes = stackalloc byte[1024];
        while (!text.IsEmpty)
        {
            Utf8.FromUtf16(text, bytes, out int read, out int written);
            _hash.AppendData(bytes[..written]);
            text = text[read..];
        }
    }
}
