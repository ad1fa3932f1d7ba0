namespace McpSecureGen.Analyzers.Inference.Patterns;

/// <summary>Strongly connected components, by Tarjan's algorithm without recursion.</summary>
internal static class Components
{
    /// <summary>The number of each node's component, -1 where it is a single node without an edge to itself; and how many there are.</summary>
    public static (int[] Of, int Count) Of(int count, Func<int, IEnumerable<int>> edges)
    {
        var index = new int[count];
        var low = new int[count];
        var component = new int[count];
        var onStack = new bool[count];
        var stack = new Stack<int>();
        var counter = 0;
        var components = 0;
        for (var root = 0; root < count; root++)
        {
            component[root] = -1;
        }

        for (var root = 0; root < count; root++)
        {
            if (index[root] == 0)
            {
                Visit(root);
            }
        }

        return (component, components);

        void Visit(int root)
        {
            var work = new Stack<(int Node, IEnumerator<int> Edges, bool HasSelf)>();
            Open(root);
            while (work.Count > 0)
            {
                var (node, rest, hasSelf) = work.Pop();
                if (rest.MoveNext())
                {
                    var target = rest.Current;
                    work.Push((node, rest, hasSelf || target == node));
                    if (index[target] == 0)
                    {
                        Open(target);
                    }
                    else if (onStack[target])
                    {
                        low[node] = Math.Min(low[node], index[target]);
                    }

                    continue;
                }

                if (low[node] == index[node])
                {
                    var isLoop = hasSelf || stack.Peek() != node;
                    int member;
                    do
                    {
                        member = stack.Pop();
                        onStack[member] = false;
                        component[member] = isLoop ? components : -1;
                    }
                    while (member != node);
                    components += isLoop ? 1 : 0;
                }

                if (work.Count > 0)
                {
                    var parent = work.Peek().Node;
                    low[parent] = Math.Min(low[parent], low[node]);
                }
            }

            void Open(int node)
            {
                index[node] = low[node] = ++counter;
                stack.Push(node);
                onStack[node] = true;
                work.Push((node, edges(node).GetEnumerator(), false));
            }
        }
    }
}
