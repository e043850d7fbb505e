namespace Lightport.Enrichment.Choice;

/// <summary>
/// Scores texts by how well they answer a query: Okapi BM25, with the parameters and the never-negative weight of rare
/// words that Lucene has. No model is asked, and the same texts and query always score the same.
/// </summary>
/// <seealso href="https://en.wikipedia.org/wiki/Okapi_BM25"/>
internal sealed class TextRanking
{
    private const double Saturation = 1.2;
    private const double LengthWeight = 0.75;

    private readonly Dictionary<string, Dictionary<int, int>> _occurrences = new(StringComparer.Ordinal);
    private readonly int[] _lengths;
    private readonly double _usualLength;

    public TextRanking(IReadOnlyList<string> texts)
    {
        _lengths = new int[texts.Count];
        for (int i = 0; i < texts.Count; i++)
        {
            foreach (string word in Words.Of(texts[i]))
            {
                if (!_occurrences.TryGetValue(word, out Dictionary<int, int>? places))
                {
                    _occurrences.Add(word, places = []);
                }

                places[i] = places.GetValueOrDefault(i) + 1;
                _lengths[i]++;
            }
        }

        _usualLength = Math.Max(1, _lengths.DefaultIfEmpty().Average());
    }

    /// <summary>A score for each text, in their order; zero where it has no word of the query.</summary>
    public double[] Score(string query)
    {
        double[] scores = new double[_lengths.Length];
        foreach (string word in Words.Of(query).Distinct(StringComparer.Ordinal))
        {
            if (!_occurrences.TryGetValue(word, out Dictionary<int, int>? places))
            {
                continue;
            }

            double rarity = Math.Log(1 + ((_lengths.Length - places.Count + 0.5) / (places.Count + 0.5)));
            foreach ((int text, int times) in places)
            {
                double length = 1 - LengthWeight + (LengthWeight * _lengths[text] / _usualLength);
                scores[text] += rarity * times * (Saturation + 1) / (times + (Saturation * length));
            }
        }

        return scores;
    }
}
