using System.Buffers;

namespace Lightport.Dialects.Json;

/// <summary>
/// Changes to a JSON text by position: what is not changed keeps every byte. One a stream, used over and over.
/// </summary>
internal sealed class JsonSplice
{
    private readonly List<Edit> _edits = [];
    private readonly ArrayBufferWriter<byte> _texts = new();

    /// <summary>The latest insertion at each place.</summary>
    private readonly Dictionary<int, int> _insertions = [];

    /// <summary>The cuts, by where each ends.</summary>
    private readonly Dictionary<int, int> _cuts = [];

    public bool IsEmpty => _edits.Count == 0;

    public void Clear()
    {
        _edits.Clear();
        _insertions.Clear();
        _cuts.Clear();
        _texts.ResetWrittenCount();
    }

    public void Replace(int start, int end, ReadOnlySpan<byte> text)
    {
        int begin = _texts.WrittenCount;
        _texts.Write(text);
        Add(start, end, begin);
    }

    public void Replace(JsonSlice value, ReadOnlySpan<byte> text) => Replace(value.Start, value.End, text);

    public void Insert(int at, ReadOnlySpan<byte> text) => Replace(at, at, text);

    /// <summary>Inserts a field at the start of an object, with a comma unless the object is empty.</summary>
    /// <param name="body">Just after the object's opening brace.</param>
    public void InsertField(ReadOnlySpan<byte> data, int body, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        bool empty = data[body..].TrimStart(" \t\r\n"u8)[0] == '}';
        bool follows = empty && _insertions.ContainsKey(body);
        int begin = _texts.WrittenCount;
        _texts.Write(follows ? ",\""u8 : "\""u8);
        _texts.Write(name);
        _texts.Write("\":"u8);
        _texts.Write(value);
        _texts.Write(empty ? [] : ","u8);
        Add(body, body, begin);
    }

    /// <summary>Cuts a field out, with the comma that then joins nothing.</summary>
    public void Remove(ReadOnlySpan<byte> data, JsonSlice field)
    {
        int end = field.End + SpaceAt(data[field.End..]);
        if (data[end] == ',')
        {
            Replace(field.NameStart, end + 1, []);
            return;
        }

        int start = data[..field.NameStart].TrimEnd(" \t\r\n"u8).Length;
        while (_cuts.Remove(start, out int cut))
        {
            // The field before went already, with the comma between: both go in one, and nothing is left of the other.
            start = data[.._edits[cut].Start].TrimEnd(" \t\r\n"u8).Length;
            _edits[cut] = default;
        }

        bool isOnly = data[start - 1] != ',';
        if (isOnly && _insertions.TryGetValue(start, out int last))
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
        _edits.Sort(static (one, other) => one.CompareTo(other));
        int copied = 0;
        foreach (Edit edit in _edits)
        {
            output.Write(data[copied..edit.Start]);
            output.Write(_texts.WrittenSpan.Slice(edit.Text, edit.Length));
            copied = edit.End;
        }

        output.Write(data[copied..]);
    }

    /// <summary>Adds an edit whose text has been written, from <paramref name="text"/> on.</summary>
    private void Add(int start, int end, int text)
    {
        int length = _texts.WrittenCount - text;
        if (start == end)
        {
            _insertions[start] = _edits.Count;
        }
        else if (length == 0)
        {
            _cuts[end] = _edits.Count;
        }

        _edits.Add(new Edit(_edits.Count, start, end, text, length));
    }

    private static int SpaceAt(ReadOnlySpan<byte> data) => data.Length - data.TrimStart(" \t\r\n"u8).Length;

    /// <param name="Order">Which of the edits it is: several insertions at one place stay as they were made.</param>
    /// <param name="Text">Where its text begins among the texts.</param>
    private readonly record struct Edit(int Order, int Start, int End, int Text, int Length)
    {
        /// <summary>By place; what is inserted goes before what stands there, whichever was said first.</summary>
        public int CompareTo(Edit other) =>
            Start != other.Start ? Start.CompareTo(other.Start)
            : Start == End != (other.Start == other.End) ? End.CompareTo(other.End)
            : Order.CompareTo(other.Order);
    }
}
