namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>
/// What is kept of each choice of a stream, by the choice's index and in the order of their coming. Nearly every stream
/// has one choice, and nearly every chunk is of the choice before.
/// </summary>
internal sealed class OpenAIChatChoices<TChoice>(Func<int, TChoice> create)
    where TChoice : class
{
    private readonly Dictionary<int, TChoice> _byIndex = [];
    private readonly List<TChoice> _all = [];
    private TChoice? _last;
    private int _lastIndex;

    public IReadOnlyList<TChoice> All => _all;

    /// <summary>The choice of that index, a new one where it is the first that is heard of it.</summary>
    public TChoice Of(int index)
    {
        if (_last is not null && _lastIndex == index)
        {
            return _last;
        }

        if (!_byIndex.TryGetValue(index, out TChoice? choice))
        {
            choice = create(index);
            _byIndex.Add(index, choice);
            _all.Add(choice);
        }

        (_last, _lastIndex) = (choice, index);
        return choice;
    }
}
