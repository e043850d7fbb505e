using System.Buffers;

namespace Lightport.Dialects.OpenAIChat;

/// <summary>
/// Changes to a JSON text by position: what is not changed keeps every byte. One a stream, used over and over.
/// </summary>
internal sealed class OpenAIChatSplice
{
    private readonly List<(int Start, int End, int Text, int Length)> _edits = [];
    private readonly ArrayBufferWriter<byte> _texts = new(256);

    public bool IsEmpty => _edits.Count == 0;

    public void Clear()
    {
        _edits.Clear();
        _texts.ResetWrittenCount();
    }

    public void Replace(int start, int end, ReadOnlySpan<byte> text)
    {
        _edits.Add((start, end, _texts.WrittenCount, text.Length));
        _texts.Write(text);
    }

    public void Replace(OpenAIChatSlice value, ReadOnlySpan<byte> text) => Replace(value.Start, value.End, text);

    public void Insert(int at, ReadOnlySpan<byte> text) => Replace(at, at, text);

    /// <summary>Inserts a field at the start of an object, with a comma unless the object is empty.</summary>
    /// <param name="body">Just after the object's opening brace.</param>
    public void InsertField(ReadOnlySpan<byte> data, int body, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        bool empty = data[body..].TrimStart(" \t\r\n"u8)[0] == '}';
        bool follows = empty && LastInsertAt(body) >= 0;
        int text = _texts.WrittenCount;
        _texts.Write(follows ? ",\""u8 : "\""u8);
        _texts.Write(name);
        _texts.Write("\":"u8);
        _texts.Write(value);
        _texts.Write(empty ? [] : ","u8);
        _edits.Add((body, body, text, _texts.WrittenCount - text));
    }

    /// <summary>Cuts a field out, with the comma that then joins nothing.</summary>
    public void Remove(ReadOnlySpan<byte> data, OpenAIChatSlice field)
    {
        int end = field.End + SpaceAt(data[field.End..]);
        if (data[end] == ',')
        {
            Replace(field.NameStart, end + 1, []);
            return;
        }

        int start = data[..field.NameStart].TrimEnd(" \t\r\n"u8).Length;
        while (CutEndingAt(start) is >= 0 and var cut)
        {
            // The field before went already, with the comma between: both go in one.
            start = data[.._edits[cut].Start].TrimEnd(" \t\r\n"u8).Length;
            _edits.RemoveAt(cut);
        }

        bool isOnly = data[start - 1] != ',';
        if (isOnly && LastInsertAt(start) is >= 0 and var last)
        {
            // What was inserted before it has a comma for a field that is not there any more.
            _edits[last] = _edits[last] with { Length = _edits[last].Length - 1 };
        }

        Replace(isOnly ? start : start - 1, field.End, []);
    }

    public byte[] Apply(ReadOnlySpan<byte> data)
    {
        var output = new ArrayBufferWriter<byte>(data.Length + 256);
        WriteTo(data, output);
        return output.WrittenSpan.ToArray();
    }

    public void WriteTo(ReadOnlySpan<byte> data, IBufferWriter<byte> output)
    {
        // Edits come nearly in order: few, and a stable sort keeps several inserts at one place as they were made.
        for (int i = 1; i < _edits.Count; i++)
        {
            (int Start, int End, int Text, int Length) edit = _edits[i];
            int place = i;
            for (; place > 0 && Follows(_edits[place - 1], edit); place--)
            {
                _edits[place] = _edits[place - 1];
            }

            _edits[place] = edit;
        }

        int copied = 0;
        foreach ((int start, int end, int text, int length) in _edits)
        {
            output.Write(data[copied..start]);
            output.Write(_texts.WrittenSpan.Slice(text, length));
            copied = end;
        }

        output.Write(data[copied..]);
    }

    /// <summary>What is inserted goes before what stands there, whichever was said first.</summary>
    private static bool Follows(
        in (int Start, int End, int Text, int Length) edit, in (int Start, int End, int Text, int Length) other) =>
        edit.Start > other.Start
        || (edit.Start == other.Start && other.End == other.Start && edit.End > edit.Start);

    private int CutEndingAt(int position)
    {
        for (int i = _edits.Count - 1; i >= 0; i--)
        {
            if (_edits[i].End == position && _edits[i].Start < position && _edits[i].Length == 0)
            {
                return i;
            }
        }

        return -1;
    }

    private int LastInsertAt(int position)
    {
        for (int i = _edits.Count - 1; i >= 0; i--)
        {
            if (_edits[i].Start == position && _edits[i].End == position)
            {
                return i;
            }
        }

        return -1;
    }

    private static int SpaceAt(ReadOnlySpan<byte> data) => data.Length - data.TrimStart(" \t\r\n"u8).Length;
}
