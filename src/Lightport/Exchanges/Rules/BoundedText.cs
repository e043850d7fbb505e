using System.Text;

namespace Lightport.Exchanges.Rules;

/// <summary>Puts texts together, a line end between each two, as long as they fit.</summary>
/// <param name="most">In characters.</param>
internal sealed class BoundedText(int most)
{
    private StringBuilder? _joined;
    private string? _first;

    /// <summary>More was added than fits; what there is by then is of no use.</summary>
    public bool IsFull { get; private set; }

    public void Add(string? text)
    {
        if (IsFull || string.IsNullOrEmpty(text))
        {
            return;
        }

        bool isFirst = _first is null;
        if (Length + (isFirst ? 0L : 1) + text.Length > most)
        {
            IsFull = true;
        }
        else if (isFirst)
        {
            _first = text;
        }
        else
        {
            (_joined ??= new StringBuilder(_first)).Append('\n').Append(text);
        }
    }

    public override string ToString() => _joined?.ToString() ?? _first ?? "";

    private int Length => _joined?.Length ?? _first?.Length ?? 0;
}
