using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Lightport.Transport.Body;

/// <summary>
/// Changes to a JSON object's top level, made without copying the rest: the result is a list of slices, the original's
/// and the new ones, and the original stays as it was for the next attempt.
/// </summary>
public sealed class BodyPatch(JsonEnvelope envelope)
{
    private readonly List<Edit> _edits = [];

    public bool IsEmpty => _edits.Count == 0;

    /// <summary>A field's JSON text as the edits so far leave it; false where there is no such field.</summary>
    public bool TryGetValue(string name, out ReadOnlySpan<byte> value)
    {
        int edit = IndexOf(name);
        if (edit >= 0)
        {
            value = _edits[edit].Value;
            return !_edits[edit].IsRemoval;
        }

        bool found = envelope.TryGet(name, out JsonField field);
        value = found ? envelope.Value(field) : default;
        return found;
    }

    /// <summary>Replaces a field's value, or adds the field.</summary>
    /// <param name="value">JSON text.</param>
    public void Set(string name, ReadOnlySpan<byte> value) => Add(Edit.Set(name, value));

    public void Remove(string name)
    {
        if (TryGetValue(name, out _))
        {
            Add(Edit.Removal(name));
        }
    }

    /// <summary>Gives a field another name, unless a field of that name is there already, which then wins.</summary>
    public void Rename(string name, string newName)
    {
        if (name != newName && TryGetValue(name, out ReadOnlySpan<byte> value))
        {
            if (!TryGetValue(newName, out _))
            {
                Set(newName, value);
            }

            Remove(name);
        }
    }

    /// <summary>The patched body, in order.</summary>
    public BodySegments Apply()
    {
        if (IsEmpty)
        {
            return new BodySegments([envelope.Body]);
        }

        var segments = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>((_edits.Count * 2) + 2);
        bool first = true;
        int copied = envelope.Fields.Count > 0
            ? envelope.Fields[0].NameStart
            : envelope.Body.Span.IndexOf((byte)'{') + 1;
        segments.Add(envelope.Body[..copied]);
        int runStart = copied;
        for (int i = 0; i < envelope.Fields.Count; i++)
        {
            JsonField field = envelope.Fields[i];
            int edit = IndexOf(field.Name);
            if (edit < 0)
            {
                first = false;
                continue;
            }

            AddRun(segments, runStart, i == 0 ? field.NameStart : envelope.Fields[i - 1].ValueEnd);
            runStart = field.ValueEnd;
            if (!_edits[edit].IsRemoval)
            {
                segments.Add(_edits[edit].Property.AsMemory(first ? 1 : 0));
                first = false;
            }
            else if (first)
            {
                // Nothing stands before the next field now, so the comma between goes with the removed one.
                runStart = i + 1 < envelope.Fields.Count ? envelope.Fields[i + 1].NameStart : field.ValueEnd;
            }
        }

        int end = envelope.Fields.Count > 0 ? envelope.Fields[^1].ValueEnd : runStart;
        AddRun(segments, runStart, end);
        foreach (Edit edit in _edits)
        {
            if (!edit.IsRemoval && !envelope.TryGet(edit.Name, out _))
            {
                segments.Add(edit.Property.AsMemory(first ? 1 : 0));
                first = false;
            }
        }

        segments.Add(envelope.Body[Math.Max(end, runStart)..]);
        return new BodySegments(segments.DrainToImmutable());
    }

    private void AddRun(ImmutableArray<ReadOnlyMemory<byte>>.Builder segments, int start, int end)
    {
        if (end > start)
        {
            segments.Add(envelope.Body[start..end]);
        }
    }

    private void Add(Edit edit)
    {
        int earlier = IndexOf(edit.Name);
        if (earlier >= 0)
        {
            _edits.RemoveAt(earlier);
        }

        _edits.Add(edit);
    }

    /// <summary>A loop, because a lambda would be made anew for each field of each request.</summary>
    private int IndexOf(string name)
    {
        for (int i = 0; i < _edits.Count; i++)
        {
            if (_edits[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }

    /// <param name="Property">
    /// The property with a comma before it, which the first of an object is written without; empty where it is removed.
    /// </param>
    /// <param name="ValueStart">Where in it the value begins.</param>
    private readonly record struct Edit(string Name, byte[] Property, int ValueStart)
    {
        private const int LongestPlainName = 64;

        private static readonly SearchValues<char> PlainLetters =
            SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.");

        public bool IsRemoval => Property.Length == 0;

        public ReadOnlySpan<byte> Value => Property.AsSpan(ValueStart);

        public static Edit Removal(string name) => new(name, [], 0);

        public static Edit Set(string name, ReadOnlySpan<byte> value)
        {
            // Nearly every name is a plain word, which stands in JSON as it is.
            Span<byte> plain = stackalloc byte[LongestPlainName];
            bool isPlain = name.Length <= LongestPlainName && !name.AsSpan().ContainsAnyExcept(PlainLetters);
            ReadOnlySpan<byte> encoded = isPlain
                ? plain[..Encoding.ASCII.GetBytes(name, plain)]
                : JsonEncodedText.Encode(name).EncodedUtf8Bytes;
            ReadOnlySpan<byte> begin = ",\""u8;
            ReadOnlySpan<byte> end = "\":"u8;
            byte[] property = [.. begin, .. encoded, .. end, .. value];
            return new Edit(name, property, property.Length - value.Length);
        }
    }
}
