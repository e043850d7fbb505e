using Lightport.Dialects;
using Lightport.Storage;

namespace Lightport.Exchanges;

/// <summary>
/// Notes whose an answer is that its provider keeps, while it comes: begun as soon as an id has come, and awaited
/// before the client can read it. An answer whose id cannot be noted is told all the same, and that it was not kept:
/// nobody can go on from it.
/// </summary>
internal sealed class IdNotes(Exchange exchange, Attempt attempt)
{
    /// <summary>A store that hangs costs an answer no more.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly ProviderIds _ids = exchange.Memory!.AtProviders;
    private int _begun;
    private Task? _writing;

    /// <summary>Begins to note what has come since it was last asked.</summary>
    public void Begin(AnswerRelay answer)
    {
        IReadOnlyList<string> ids = answer.KeptIds;
        if (ids.Count == _begun || !_ids.AreOwned(exchange))
        {
            return;
        }

        string[] come = [.. ids.Skip(_begun)];
        _begun = ids.Count;
        if (!_ids.HasStore)
        {
            attempt.Losses!.Note(answer.KeptField);
            return;
        }

        Task noting = _ids.NoteAsync(exchange, attempt.Target, come);
        _writing = _writing is null ? noting : Task.WhenAll(_writing, noting);
    }

    /// <summary>Ends when all that has come is noted, or will not be.</summary>
    public async ValueTask SettleAsync(AnswerRelay answer)
    {
        Begin(answer);
        if (_writing is not { } writing)
        {
            return;
        }

        _writing = null;
        try
        {
            await writing.WaitAsync(LongestWait, exchange.Clock, exchange.Aborted).ConfigureAwait(false);
        }
        catch (Exception e) when (e is StoreException or TimeoutException)
        {
            attempt.Losses!.Note(answer.KeptField);
            _ids.LogMissed(exchange, e is StoreException ? e.Message : "The store has not answered in time.");
        }
    }
}
